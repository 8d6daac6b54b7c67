import { randomUUID } from 'node:crypto';
import { createOrdersTable, type PostgresClient } from '@visanet/cbb-postgres';
import {
  buildOrder,
  type ContractName,
  createSimulator,
  type OrderRow,
  type SimulatorState,
  startSimulatorServer,
} from '@visanet/cbb-testkit';
import pg from 'pg';
import { invoke } from '../invoke.ts';

/** A database in which all is well, made once and copied for each case. */
export interface Template {
  readonly contract: ContractName;
  readonly database: string;
  readonly account: SimulatorState;
  readonly order: OrderRow;
}

const serverUrl = () => process.env.DATABASE_URL ?? '';

export function urlOf(database: string): string {
  const url = new URL(serverUrl());
  url.pathname = `/${database}`;
  return url.href;
}

export const newName = () => `cbb_mistake_${randomUUID().replaceAll('-', '').slice(0, 12)}`;

export async function asAdministrator(sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: serverUrl() });
  await client.connect();
  await client.query(sql);
  await client.end();
}

export const simulatorOf = (contract: ContractName) =>
  createSimulator(contract === 'plan' ? { seed: 1 } : { contract, seed: 1, rateLimitPerMinute: 10_000 });

export async function insertOrder(client: PostgresClient, order: OrderRow): Promise<void> {
  const names = Object.keys(order);
  const values = names.map((_, index) => `$${index + 1}`);
  const sql = `INSERT INTO orders (${names.join(', ')}) VALUES (${values.join(', ')})`;
  await client.query(sql, Object.values(order));
}

/** What the preset of v1.1 reads beside the plan's columns. */
const moreColumns = [
  ...['intent', 'entries', 'validity', 'country_flag', 'data'].map((name) => `product_${name} text`),
  'processing_days int',
  'is_urgent boolean',
]
  .map((column) => `ADD COLUMN IF NOT EXISTS ${column}`)
  .join(', ');

/** Migrated, with one order whose contact stands at CBB. */
export async function createTemplate(contract: ContractName): Promise<Template> {
  const database = newName();
  await asAdministrator(`CREATE DATABASE ${database}`);
  const url = urlOf(database);
  const pool = new pg.Pool({ connectionString: url, max: 1 });
  const created = await createOrdersTable(pool);
  if (created.isErr()) throw new Error(created.error.message);
  if (contract === 'v1.1') await pool.query(`ALTER TABLE orders ${moreColumns}`);
  const simulator = simulatorOf(contract);
  const server = await startSimulatorServer(simulator);
  const environment = { CBB_API_URL: server.url, CBB_API_KEY: simulator.apiKey, DATABASE_URL: url };
  const order = buildOrder({
    client_name: 'Ann Example',
    client_email: 'ann@example.com',
    client_phone: '447700900123',
  });
  for (const argv of [['migrate'], ['insert'], ['sync-order', `--order-id=${order.order_id}`]]) {
    if (argv[0] === 'insert') {
      await insertOrder(pool, order);
      continue;
    }
    const { code, stdout, stderr } = await invoke(argv, environment);
    if (code !== 0) throw new Error(`cbb ${argv.join(' ')} ended with ${code}\n${stdout}${stderr}`);
  }
  await pool.end();
  await server.close();
  return { contract, database, account: simulator.dump(), order };
}
