import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrateCbbSync } from '@visanet/cbb-host';
import {
  buildOrder,
  type OrderRow,
  type Simulator,
  type SimulatorServer,
  startSimulatorServer,
} from '@visanet/cbb-testkit';
import {
  asAdministrator,
  createTestDatabase,
  insertOrder,
  must,
  newName,
  urlOf,
} from '@visanet/test-support';
import { hashSecret, newDatabase, simulatorOf, type Template } from './template.ts';
import type { World } from './world.ts';

export interface OpenWorld extends World {
  readonly server: SimulatorServer;
  /** Every account that could have been written to. */
  readonly accounts: readonly Simulator[];
  /** Every state that a row of the host has had, oldest first: what may come to stand at CBB. */
  readonly rows: readonly OrderRow[];
  close(): Promise<void>;
}

/** The copy is not the mistake here: it takes the place of the database that it was made of. */
const takePlace = `UPDATE cbb_sync_scope SET database_name = current_database(),
  database_oid = (SELECT oid FROM pg_database WHERE datname = current_database())`;

const disconnect = (database: string) =>
  asAdministrator(
    `SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE datname = '${database}'`,
  );

/** A copy of the template with an account of its own; the order has changed since it was synced. */
export async function openWorld(template: Template): Promise<OpenWorld> {
  const { name, url, pool, drop } = await createTestDatabase({
    name: newDatabase(),
    template: template.database,
  });
  await pool.query(takePlace);
  const simulator = simulatorOf(template.contract);
  simulator.load(template.account);
  const server = await startSimulatorServer(simulator);
  const folder = await mkdtemp(join(tmpdir(), 'cbb-mistake-'));
  const accounts = [simulator];
  const rows = [template.order];
  const ends: (() => Promise<unknown>)[] = [];
  const orderId = template.order.order_id;

  const world: OpenWorld = {
    databaseUrl: url,
    pool,
    simulator,
    server,
    accounts,
    origin: server.origin,
    orderId,
    hashSecret,
    folder,
    prefix: name,
    rows,
    async insert(overrides, seed) {
      const order = buildOrder(overrides, { seed });
      rows.push(order);
      await insertOrder(pool, order);
      return order.order_id;
    },
    async change(values) {
      rows.push({ ...template.order, ...values });
      const set = Object.keys(values).map((column, index) => `${column} = $${index + 2}`);
      await pool.query(`UPDATE orders SET ${set.join(', ')} WHERE order_id = $1`, [
        orderId,
        ...Object.values(values),
      ]);
    },
    faults: (...rules) => simulator.configure({ faults: rules }),
    url: (parts) => Object.assign(new URL(url), parts).href,
    async file(fileName, source) {
      const path = join(folder, fileName);
      await writeFile(path, source);
      return path;
    },
    async role(grants = '') {
      const role = newName();
      // It owns nothing, but may hold grants of the database, which go first.
      ends.unshift(() => asAdministrator(`DROP ROLE ${role}`));
      await pool.query(`CREATE ROLE ${role} LOGIN; ${grants.replaceAll('{role}', role)}`);
      return role;
    },
    migrate: () => must(migrateCbbSync(pool)),
    async copy() {
      const copy = newDatabase();
      await disconnect(name);
      await asAdministrator(`CREATE DATABASE ${copy} TEMPLATE ${name}`);
      ends.push(() => asAdministrator(`DROP DATABASE ${copy} WITH (FORCE)`));
      return urlOf(copy);
    },
    async restore() {
      await disconnect(name);
      await asAdministrator(`DROP DATABASE ${name} WITH (FORCE)`);
      await asAdministrator(`CREATE DATABASE ${name} TEMPLATE ${template.database}`);
      await pool.query('UPDATE cbb_sync_scope SET database_name = current_database()');
      rows.push(template.order);
    },
    async account(id) {
      const other = simulatorOf(template.contract, id);
      accounts.push(other);
      const service = await startSimulatorServer(other);
      ends.push(() => service.close());
      return { url: service.url, apiKey: other.apiKey };
    },
    async listening(start) {
      return world.ending(await start());
    },
    ending(opened) {
      ends.push(() => opened.stop());
      return opened;
    },
    async close() {
      await server.close();
      await drop();
      for (const end of ends.toReversed()) await end();
      await rm(folder, { recursive: true });
    },
  };
  await world.change({ urgency: 'changed', product_country: 'france' });
  return world;
}
