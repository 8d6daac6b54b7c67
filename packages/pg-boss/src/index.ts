export type * from '@visanet/cbb-queue';
export { createPgBossSync, type PgBossSync, pgBossCapabilities } from './create-pg-boss-sync.ts';
export { deadLetterName } from './ensure-queue.ts';
export type { PgBossEnqueueOptions, PgBossSyncOptions } from './options.ts';
export type { PgBossDatabase, PgBossLike } from './pg-boss-types.ts';
