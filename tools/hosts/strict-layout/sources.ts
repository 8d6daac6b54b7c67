/** A host's folder, the other people's packages that it installs, and what it exports: of no type it says the name. */
export interface StrictHost {
  readonly ours: readonly string[];
  readonly others: Readonly<Record<string, string>>;
  readonly source: string;
}

/** Installed as the README of each package says. */
export const strictHosts: Readonly<Record<string, StrictHost>> = {
  client: {
    ours: ['client'],
    others: {},
    source: `
      import { createCbbClient, detectContract } from '@visanet/cbb-client';
      export const plan = createCbbClient({ contract: 'plan', apiKey: 'key' });
      export const later = createCbbClient({ contract: 'v1.1', apiKey: 'key' });
      export const detected = detectContract({ apiKey: 'key' });
      export const found = plan.contacts.find('447700900123');
      export const update = later.contacts.update;
      export const fields = await later.customFields.list();
      export const scope = () => plan.scope();`,
  },
  sync: {
    ours: ['sync'],
    others: {},
    source: `
      import { createMemoryStore, createSyncEngine, defineMapping, normalizePhone, viziMapping, viziMappingDefinition } from '@visanet/cbb-sync';
      import type { ContactGateway } from '@visanet/cbb-sync';
      declare const gateway: ContactGateway;
      export const mapping = defineMapping({ ...viziMappingDefinition, fields: { city: { type: 'text', from: ['branch'], value: ({ branch }) => branch } } });
      export const store = createMemoryStore({ mapping: viziMapping });
      export const engine = createSyncEngine({ store, gateway, mapping: viziMapping });
      export const sync = engine.sync;
      export const report = await engine.sync('A');
      export const phone = normalizePhone('447700900123');
      export const value = report.isOk() ? report.value : report.error;`,
  },
  postgres: {
    ours: ['postgres', 'sync'],
    others: { pg: '^8.16.0', '@types/pg': '^8.20.0' },
    source: `
      import { createPostgresStore, migrate } from '@visanet/cbb-postgres';
      import { viziMapping } from '@visanet/cbb-sync';
      import pg from 'pg';
      export const pool = new pg.Pool();
      export const store = createPostgresStore({ client: pool, mapping: viziMapping });
      export const migrated = await migrate(pool, { mapping: viziMapping });
      export const rearm = store.rearm;
      export const counts = () => store.countByStatus();`,
  },
  bullmq: {
    ours: ['bullmq'],
    others: { bullmq: '^6.0.0', ioredis: '^5.0.0' },
    source: `
      import { type BullmqSyncOptions, createBullmqSync } from '@visanet/cbb-bullmq';
      declare const options: BullmqSyncOptions;
      export const queue = createBullmqSync(options);
      export const enqueue = queue.enqueue;
      export const enqueued = await queue.enqueue('A');
      export const worker = () => queue.startWorker();`,
  },
  'pg-boss': {
    ours: ['pg-boss'],
    others: { 'pg-boss': '>=12.38.0 <13' },
    source: `
      import { createPgBossSync, type PgBossSyncOptions } from '@visanet/cbb-pg-boss';
      declare const options: PgBossSyncOptions;
      export const queue = createPgBossSync(options);
      export const enqueue = queue.enqueue;
      export const enqueued = await queue.enqueue('A');
      export const worker = () => queue.startWorker();`,
  },
  function: {
    ours: ['function'],
    others: {},
    source: `
      import { createFunctionSync, type FunctionSyncOptions } from '@visanet/cbb-function';
      declare const options: FunctionSyncOptions;
      export const queue = createFunctionSync(options);
      export const enqueue = queue.enqueue;
      export const worked = await queue.runDue({ budgetMs: 1 });`,
  },
  'rate-limit': {
    ours: ['rate-limit'],
    others: { ioredis: '^5.0.0' },
    source: `
      import { createSharedRateLimiter, ensureRateLimitTable, type SharedRateLimiterOptions } from '@visanet/cbb-rate-limit';
      declare const options: SharedRateLimiterOptions;
      export const limiter = createSharedRateLimiter(options);
      export const acquired = await limiter.acquire();
      export const ensured = (...given: Parameters<typeof ensureRateLimitTable>) => ensureRateLimitTable(...given);`,
  },
  host: {
    ours: ['host', 'bullmq'],
    others: { bullmq: '^6.0.0', ioredis: '^5.0.0', pg: '^8.16.0', '@types/pg': '^8.20.0' },
    source: `
      import { createCbbSync, createCbbSyncOrThrow, migrateCbbSync } from '@visanet/cbb-host';
      export const created = createCbbSync({ queue: 'bullmq' });
      export const cbb = await createCbbSyncOrThrow({ queue: 'bullmq' });
      export const enqueue = cbb.enqueue;
      export const enqueued = await cbb.enqueue('A');
      export const worker = await cbb.startWorker();
      export const migrated = (...given: Parameters<typeof migrateCbbSync>) => migrateCbbSync(...given);`,
  },
  testkit: {
    ours: ['testkit'],
    others: {},
    source: `
      import { buildOrder, createSimulator, startSimulatorServer } from '@visanet/cbb-testkit';
      export const simulator = createSimulator();
      export const server = await startSimulatorServer(simulator);
      export const order = buildOrder();`,
  },
};
