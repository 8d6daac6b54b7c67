import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildOrder, type OrderRow, type SimulatorServer, startSimulatorServer } from '@visanet/cbb-testkit';
import pg from 'pg';
import type { Impostor } from './impostors.ts';
import type { World } from './mistake.ts';
import { asAdministrator, insertOrder, newName, simulatorOf, type Template, urlOf } from './template.ts';

export interface OpenWorld extends World {
  readonly server: SimulatorServer;
  /** Every state that a row of the host has had, oldest first: what may come to stand at CBB. */
  readonly rows: readonly OrderRow[];
  close(): Promise<void>;
}

/** The copy is not the mistake here: it takes the place of the database that it was made of. */
const takePlace = `DO $$ BEGIN
  IF to_regclass('public.cbb_sync_scope') IS NOT NULL THEN
    UPDATE cbb_sync_scope SET database_name = current_database(),
      database_oid = (SELECT oid FROM pg_database WHERE datname = current_database());
  END IF; END $$`;

/** A copy of the template with an account of its own; the order has changed since it was synced. */
export async function openWorld(template: Template): Promise<OpenWorld> {
  const database = newName();
  await asAdministrator(`CREATE DATABASE ${database} TEMPLATE ${template.database}`);
  const databaseUrl = urlOf(database);
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 2 });
  pool.on('error', () => undefined);
  await pool.query(takePlace);
  const simulator = simulatorOf(template.contract);
  simulator.load(template.account);
  const server = await startSimulatorServer(simulator);
  const folder = await mkdtemp(join(tmpdir(), 'cbb-mistake-'));
  const rows = [template.order];
  const impostors: Impostor[] = [];
  const roles: string[] = [];
  const orderId = template.order.order_id;

  const world: OpenWorld = {
    databaseUrl,
    pool,
    simulator,
    server,
    origin: server.origin,
    orderId,
    folder,
    rows,
    async insert(overrides, seed) {
      const order = buildOrder(overrides, { seed });
      rows.push(order);
      await insertOrder(pool, order);
      return order.order_id;
    },
    async change(values) {
      rows.push({ ...template.order, ...values });
      const set = Object.keys(values).map((name, index) => `${name} = $${index + 2}`);
      await pool.query(`UPDATE orders SET ${set.join(', ')} WHERE order_id = $1`, [
        orderId,
        ...Object.values(values),
      ]);
    },
    faults: (...rules) => simulator.configure({ faults: rules }),
    url(parts) {
      return Object.assign(new URL(databaseUrl), parts).href;
    },
    async file(name, source) {
      const path = join(folder, name);
      await writeFile(path, source);
      return path;
    },
    async role(grants = '') {
      const role = newName();
      roles.push(role);
      await pool.query(`CREATE ROLE ${role} LOGIN; ${grants.replaceAll('{role}', role)}`);
      return role;
    },
    async listening(start) {
      const impostor = await start();
      impostors.push(impostor);
      return impostor;
    },
    async close() {
      for (const impostor of impostors) await impostor.stop();
      await server.close();
      await pool.end();
      await asAdministrator(`DROP DATABASE IF EXISTS ${database} WITH (FORCE)`);
      for (const role of roles) await asAdministrator(`DROP ROLE ${role}`);
      await rm(folder, { recursive: true });
    },
  };
  await world.change({ urgency: 'changed', product_country: 'france' });
  return world;
}
