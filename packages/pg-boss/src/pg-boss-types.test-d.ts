import type { Db, PgBoss } from 'pg-boss';
import type { PgBossDatabase, PgBossLike } from './pg-boss-types.ts';

/** Compiles only while the true classes fit the shapes that the adapter asks for. */
export function fits(boss: PgBoss, database: Db): readonly [PgBossLike, PgBossDatabase] {
  return [boss, database];
}

/** And our database type must be accepted where pg-boss takes one. */
export function isAccepted(boss: PgBoss, db: PgBossDatabase): Promise<unknown> {
  return boss.upsert('queue', {}, { singletonKey: 'key', db });
}
