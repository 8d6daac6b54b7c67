import type { Mistake } from '../mistake.ts';
import { each, refused, sync, worker } from './words.ts';

const lacking = /Correct the mapping, or give the table these columns/;
const working = ['doctor', sync, 'sweep', worker];

function broken(name: string, sql: string, ...says: readonly RegExp[]): Mistake {
  return {
    name,
    make: ({ pool }) => pool.query(sql),
    commands: each(working, 1, ...says),
    host: refused(...says),
  };
}

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
  broken('a dropped ledger', 'DROP TABLE cbb_sync_ledger', /cbb_sync_ledger/, /migrat/i),
  broken(
    'a dropped trigger',
    `DO $$ DECLARE t record; BEGIN
      FOR t IN SELECT tgname FROM pg_trigger WHERE tgrelid = 'orders'::regclass AND NOT tgisinternal LOOP
        EXECUTE format('DROP TRIGGER %I ON orders', t.tgname); END LOOP; END $$`,
    /trigger/,
    /migrat/i,
  ),
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
