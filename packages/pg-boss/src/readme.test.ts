import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createScriptedEngine } from '@visanet/cbb-testkit/conformance';
import { Pool } from 'pg';
import { PgBoss } from 'pg-boss';
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { compileFiles } from '../../../tools/compile-files.ts';

const packageFolder = fileURLToPath(new URL('..', import.meta.url));
const folder = join(packageFolder, '.cache', 'readme');
const url = process.env.DATABASE_URL ?? '';
const pool = new Pool({ connectionString: url });
const table = 'readme_orders';
const starts = vi.spyOn(PgBoss.prototype, 'start');

/** What the snippet takes from the text before it: a parameter each. */
const known = `
import type { WorkerEvent } from '@visanet/cbb-queue';
import type { SyncEngine } from '@visanet/cbb-sync';
import type { Pool, PoolClient } from 'pg';

interface Known {
  readonly engine: SyncEngine;
  readonly logger: { info(event: WorkerEvent): void };
  readonly pool: Pool;
  readonly order: { readonly orderId: string };
  readonly insertOrder: (sql: PoolClient, order: Known['order']) => Promise<unknown>;
  readonly process: {
    readonly env: Readonly<Record<string, string>>;
    once(signal: 'SIGTERM', listener: () => unknown): void;
  };
}
`;

/** The snippet as the body of a function, below its imports. */
function asFunction(snippet: string): string {
  const imports = snippet.match(/^import .*$/gm) ?? [];
  const body = snippet.replace(/^import .*\n/gm, '');
  const parameters = '{ engine, logger, pool, order, insertOrder, process }: Known';
  return `${imports.join('\n')}\n${known}\nexport async function run(${parameters}) {\n${body}\n}\n`;
}

beforeAll(async () => {
  await pool.query(`CREATE TABLE IF NOT EXISTS ${table} (order_id text PRIMARY KEY)`);
  const readme = await readFile(join(packageFolder, 'README.md'), 'utf8');
  const [, snippet = ''] = /^## Setup\n\n```ts\n(.*?)^```$/ms.exec(readme) ?? [];
  expect(await compileFiles(folder, { 'setup.ts': asFunction(snippet) })).toBe('');
});
beforeEach(() => pool.query(`TRUNCATE ${table}`));
afterAll(async () => {
  // A snippet that threw never came to its own end.
  for (const boss of starts.mock.contexts) if (boss instanceof PgBoss) await boss.stop({ graceful: false });
  starts.mockRestore();
  await pool.query(`DROP TABLE ${table}`);
  await pool.end();
  await rm(folder, { recursive: true, force: true });
});

/** Runs the snippet as a host would, and ends its process. */
async function runSnippet(orderId: string, insertOrder: (sql: Pool) => Promise<unknown>) {
  const { run } = await import(join(folder, 'setup.ts'));
  const scripted = createScriptedEngine();
  const stops: (() => unknown)[] = [];
  const outcome = await run({
    engine: scripted.engine,
    logger: { info: () => undefined },
    pool,
    order: { orderId },
    insertOrder,
    process: {
      env: { DATABASE_DIRECT_URL: url },
      once: (_: string, stop: () => unknown) => stops.push(stop),
    },
  }).then(
    () => 'ran',
    (error: unknown) => (error instanceof Error ? error.message : 'threw'),
  );
  return { outcome, scripted, stop: () => Promise.all(stops.map((stop) => stop())) };
}

const insert = (orderId: string) => (sql: Pool) =>
  sql.query(`INSERT INTO ${table} (order_id) VALUES ($1)`, [orderId]);
const written = async () =>
  (await pool.query(`SELECT order_id FROM ${table}`)).rows.map((row) => row.order_id);
const jobsOf = async (orderId: string) =>
  (await pool.query("SELECT 1 FROM pgboss.job WHERE data->>'orderId' = $1", [orderId])).rowCount;

it('the snippet of the README commits an order with its job, and its worker syncs it', async () => {
  const { outcome, scripted, stop } = await runSnippet('README-1', insert('README-1'));
  expect(outcome).toBe('ran');
  await expect.poll(() => scripted.runsOf('README-1').length).toBe(1);
  expect(await written()).toEqual(['README-1']);
  await stop();
});

it('leaves neither order nor job, and a connection that can be used, where the insert throws', async () => {
  const { outcome } = await runSnippet('README-2', async (sql) => {
    await insert('README-2')(sql);
    await insert('README-2')(sql);
  });
  expect(outcome).toContain('duplicate key');
  expect(await written()).toEqual([]);
  expect(await jobsOf('README-2')).toBe(0);
  expect(pool.idleCount).toBe(pool.totalCount);
});
