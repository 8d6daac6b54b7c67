import { createSyncJob, inParallel } from '@visanet/cbb-queue';
import type { PgBossDatabase, PgBossLike } from './pg-boss-types.ts';

/** Below the default size of pg-boss's pool, so that workers keep connections of their own. */
const parallelUpserts = 5;

/** Upserts a pointer for each order. pg-boss has no bulk upsert: a few go in parallel, a transaction's one by one. */
export async function pushOrders(
  boss: PgBossLike,
  queueName: string,
  orderIds: readonly string[],
  db?: PgBossDatabase,
): Promise<number> {
  let enqueued = 0;
  await inParallel(orderIds, db === undefined ? parallelUpserts : 1, async (orderId) => {
    const { inserted } = await boss.upsert(queueName, createSyncJob(orderId), {
      singletonKey: orderId,
      // Pulls a job forward that waits for later: the engine sends a run back that comes too early.
      startAfter: 0,
      ...(db === undefined ? {} : { db }),
    });
    enqueued += inserted;
  });
  return enqueued;
}
