import {
  checkOrdersTable,
  checkSyncTables,
  createPostgresStore,
  type LayoutOptions,
  migrationNames,
  type PostgresClient,
} from '@visanet/cbb-postgres';
import type { Mapping } from '@visanet/cbb-sync';
import * as z from 'zod';
import { causeOf } from '../failure.ts';
import { hiddenRows } from '../output/hidden-rows.ts';
import { type Check, failure, ok, warning } from './check.ts';
import { checkAccess } from './check-access.ts';
import type { ClockReading } from './check-clock.ts';

/** What of a host the database must fit. */
export interface DatabaseNeeds {
  readonly layout: LayoutOptions;
  readonly mapping: Mapping<unknown>;
  readonly allowRowSecurity: boolean;
}

export interface DatabaseFindings {
  readonly checks: readonly Check[];
  readonly reachable: boolean;
  readonly clock: readonly ClockReading[];
}

const oldestVersion = 13;
const facts = z.object({ version: z.coerce.number(), now: z.coerce.number() });

async function ask<T>(pool: PostgresClient, sql: string, schema: z.ZodType<T>): Promise<T | null> {
  const rows = await pool.query(sql).then(
    (answer): readonly unknown[] => answer.rows,
    () => null,
  );
  const parsed = z.array(schema).safeParse(rows);
  return parsed.success ? (parsed.data[0] ?? null) : null;
}

export async function checkDatabase(pool: PostgresClient, host: DatabaseNeeds): Promise<DatabaseFindings> {
  const before = Date.now();
  const found = await ask(
    pool,
    `SELECT current_setting('server_version_num')::int / 10000 AS version,
      extract(epoch FROM clock_timestamp()) * 1000 AS now`,
    facts,
  );
  if (found === null) {
    return { checks: [await whyNot(pool, host)], reachable: false, clock: [] };
  }
  const aheadMs = found.now - (before + Date.now()) / 2;
  const version =
    found.version < oldestVersion
      ? failure('database', `Postgres ${found.version}`, `Postgres ${oldestVersion} or later is needed`)
      : ok('database', `Postgres ${found.version}`);
  const clock = [{ of: 'the database', aheadMs }];
  const tables = await checkTables(pool, host);
  return { checks: [version, ...tables], reachable: true, clock };
}

/** The store tells the causes apart. */
async function whyNot(pool: PostgresClient, { layout, mapping }: DatabaseNeeds): Promise<Check> {
  const remedy = 'check DATABASE_URL, the network and the role';
  const checked = await checkOrdersTable(pool, { ...layout, mapping });
  return checked.match(
    () => failure('database', 'it does not answer', remedy),
    (error) => failure('database', causeOf(error), error.remedy ?? remedy),
  );
}

/** Each look rests on the one before: its remedy comes first. */
async function checkTables(pool: PostgresClient, host: DatabaseNeeds): Promise<readonly Check[]> {
  const table = await checkTable(pool, host);
  if (table.state !== 'ok') return [table];
  const { layout, allowRowSecurity } = host;
  const tables = [layout.table ?? 'public.orders', layout.ledgerTable ?? 'public.cbb_sync_ledger'];
  const access = await checkAccess(pool, tables, allowRowSecurity);
  if (access.state !== 'ok') return [table, access];
  const migrations = await checkMigrations(pool, host);
  if (migrations.state !== 'ok') return [table, access, migrations];
  return [table, access, migrations, await checkOrders(pool, host)];
}

const ownTable =
  'create or alter the table, or name yours in the file of --config (store.table), then cbb migrate';

async function checkTable(pool: PostgresClient, { layout, mapping }: DatabaseNeeds): Promise<Check> {
  const checked = await checkOrdersTable(pool, { ...layout, mapping });
  return checked.match(
    () => ok('orders table', `${layout.table ?? 'public.orders'} has what the mapping reads`),
    (error) => failure('orders table', causeOf(error), error.remedy ?? ownTable),
  );
}

const defaultTable = 'public.cbb_sync_migrations';

async function checkMigrations(pool: PostgresClient, { layout, mapping }: DatabaseNeeds): Promise<Check> {
  // Checks the names too, before they come into a statement.
  const tables = await checkSyncTables(pool, { ...layout, mapping });
  const table = (layout.migrationsTable ?? defaultTable)
    .split('.')
    .map((part) => `"${part}"`)
    .join('.');
  const found = await ask(
    pool,
    `SELECT array_agg(name) AS names FROM ${table}`,
    z.object({ names: z.array(z.string()).nullable() }),
  );
  const ran = new Set(found?.names ?? []);
  const missing = migrationNames.filter((name) => !ran.has(name));
  if (missing.length > 0) return failure('migrations', `not run: ${missing.join(', ')}`, 'cbb migrate');
  if (tables.isErr())
    return failure('migrations', causeOf(tables.error), tables.error.remedy ?? 'cbb migrate');
  const limits = await ask(
    pool,
    `SELECT to_regclass('public.cbb_rate_limits') IS NOT NULL AS present`,
    z.object({ present: z.literal(true) }),
  );
  if (limits === null) return failure('migrations', 'the table of the rate limit is missing', 'cbb migrate');
  return ok('migrations', `all ${migrationNames.length} ran`);
}

async function checkOrders(
  pool: PostgresClient,
  { layout, mapping, allowRowSecurity }: DatabaseNeeds,
): Promise<Check> {
  const store = createPostgresStore({ ...layout, client: pool, mapping });
  const counted = await store
    .rowSecurity()
    .andThen((security) => store.countByStatus().map((counts) => ({ security, counts })));
  return counted.match(
    ({ security, counts: { pending, synced, failed } }) => {
      const hidden = hiddenRows(security, allowRowSecurity);
      if (hidden !== null) return warning('orders', hidden.message, hidden.remedy);
      const message = `${pending} pending, ${synced} synced, ${failed} failed`;
      return failed === 0
        ? ok('orders', message)
        : warning('orders', message, 'cbb failures tells why, and what to do');
    },
    (error) => failure('orders', causeOf(error), error.remedy ?? 'cbb migrate, or grant the role access'),
  );
}
