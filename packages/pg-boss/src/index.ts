export {
  createPgBossSync,
  type PgBossEnqueueOptions,
  type PgBossSync,
  pgBossCapabilities,
} from './create-pg-boss-sync.ts';
export { deadLetterName } from './ensure-queue.ts';
export type { PgBossSyncOptions } from './options.ts';
export type {
  PgBossDatabase,
  PgBossJobLike,
  PgBossJobResult,
  PgBossLike,
  PgBossQueueOptions,
  PgBossUpsertOptions,
  PgBossWorkOptions,
} from './pg-boss-types.ts';
