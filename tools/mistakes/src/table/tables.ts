import type { Mistake } from '../mistake.ts';
import { each, hears, refused, sync, worker } from './words.ts';

const lacking = /Correct the mapping, or give the table these columns/;
const working = ['doctor', sync, 'sweep', worker];

const dropIndexes = `DO $$ DECLARE i record; BEGIN
  FOR i IN SELECT indexrelid::regclass AS name FROM pg_index WHERE indrelid = 'orders'::regclass AND NOT indisunique LOOP
    EXECUTE format('DROP INDEX %s', i.name); END LOOP; END $$`;

const dropTriggers = `DO $$ DECLARE t record; BEGIN
  FOR t IN SELECT tgname FROM pg_trigger WHERE tgrelid = 'orders'::regclass AND NOT tgisinternal LOOP
    EXECUTE format('DROP TRIGGER %I ON orders', t.tgname); END LOOP; END $$`;

function broken(name: string, sql: string, ...says: readonly RegExp[]): Mistake {
  return {
    name,
    make: ({ pool }) => pool.query(sql),
    commands: each(working, 1, ...says),
    host: refused(...says),
  };
}

/** Postgres refuses another type while the trigger watches the column: whoever wants it takes the trigger away. */
const retype = (change: string) => `${dropTriggers}; ${dropIndexes};
  ALTER TABLE orders ALTER COLUMN whatsapp_alerts_enabled DROP DEFAULT; ALTER TABLE orders ALTER COLUMN ${change}`;
const retyped = (name: string, change: string, ...says: readonly RegExp[]) =>
  broken(name, retype(change), ...says);

/** Tables and columns, the host's and ours, that are not what they were. */
export const tableMistakes: readonly Mistake[] = [
  broken(
    'a renamed orders table',
    'ALTER TABLE orders RENAME TO sales',
    /orders/,
    /store\.table|table names/,
  ),
  broken(
    'a renamed column that a field is mapped from',
    'ALTER TABLE orders RENAME COLUMN product_country TO country',
    /lacks columns of the mapping: product_country/,
    lacking,
  ),
  broken(
    'a renamed column of the phone',
    'ALTER TABLE orders RENAME COLUMN client_phone TO mobile',
    /lacks columns of the mapping: client_phone/,
    lacking,
  ),
  broken(
    'a dropped column that a field is mapped from',
    'ALTER TABLE orders DROP COLUMN urgency CASCADE',
    /lacks columns of the mapping: urgency/,
    lacking,
  ),
  broken(
    'a renamed column of the rank',
    'ALTER TABLE orders RENAME COLUMN webhook_received_at TO received_at',
    /lacks columns of the mapping: webhook_received_at/,
    lacking,
  ),
  broken(
    'a renamed column of ours',
    'ALTER TABLE orders RENAME COLUMN cbb_sync_due_at TO cbb_due',
    /cbb_sync_due_at/,
    /migrat/i,
  ),
  broken(
    'a dropped column of ours',
    'ALTER TABLE orders DROP COLUMN cbb_sync_version CASCADE',
    /cbb_sync_version/,
    /migrat/i,
  ),
  broken(
    'a retyped column of ours',
    'DROP INDEX IF EXISTS idx_orders_cbb_due; ALTER TABLE orders ALTER COLUMN cbb_sync_attempts TYPE text',
    /cbb_sync_attempts|another type/,
    /migrat/i,
  ),
  retyped(
    'a retyped column of the rank',
    'webhook_received_at TYPE text',
    /rank column webhook_received_at is of type text/,
    /rankType/,
  ),
  retyped(
    'a retyped column of the order id',
    'order_id TYPE jsonb USING to_jsonb(order_id)',
    /order id order_id is of type jsonb/,
    /must be text, varchar, uuid, bigint or integer/,
  ),
  broken(
    'an order id that is unique no more',
    'ALTER TABLE orders DROP CONSTRAINT orders_order_id_key',
    /order_id has no primary key or unique index/,
  ),
  {
    name: 'a phone that became a number',
    make: ({ pool }) => pool.query(retype('client_phone TYPE bigint USING client_phone::bigint')),
    commands: [
      ...each(working, 1, /lacks triggers of the sync/, /Run the migrations/),
      ...each(['migrate'], 0, /applied/),
      ...each([sync], 0, /synced/),
    ],
    host: refused(/lacks triggers of the sync/, /Run the migrations/),
  },
  {
    name: 'a consent that became a text',
    make: async ({ pool, migrate }) => {
      await pool.query(retype("whatsapp_alerts_enabled TYPE text USING 'perhaps'"));
      await migrate();
    },
    // What is no yes is no consent.
    commands: each([sync], 0, /skipped/, /alerts_off/),
    host: hears('job-finished', /"skipped"/, /alerts_off/),
  },
  broken('a dropped ledger', 'DROP TABLE cbb_sync_ledger', /cbb_sync_ledger/, /migrat/i),
  broken('a dropped trigger', dropTriggers, /trigger/, /migrat/i),
  {
    name: 'no migrations at all',
    make: ({ pool }) =>
      pool.query(`CREATE TABLE plain AS SELECT * FROM orders LIMIT 0; DROP TABLE orders CASCADE;
        DROP TABLE cbb_sync_ledger, cbb_sync_migrations CASCADE; ALTER TABLE plain RENAME TO orders;
        ALTER TABLE orders ADD PRIMARY KEY (order_id)`),
    commands: each(working, 1, /migrat/i),
    host: refused(/Tables of the sync are missing/, /Run the migrations/),
  },
  {
    name: 'the table of another host',
    module: 'export default { store: { table: "shop.sales" } };',
    commands: each(['migrate', ...working], 1, /shop\.sales does not exist/, /store\.table/),
    host: refused(/shop\.sales does not exist/, /store\.table/),
  },
];
