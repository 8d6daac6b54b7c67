import { QueueFailure, queueMisconfigured } from '@visanet/cbb-queue';
import type { BullmqQueueLike } from './bullmq-types.ts';
import { redisOf } from './redis-commands.ts';

/** Redis drops keys, and with them jobs, under any policy but `noeviction`. INFO is open where CONFIG is not. */
export async function checkEvictionPolicy(queue: BullmqQueueLike): Promise<void> {
  const info = await (await redisOf(queue)).info();
  const policy = /^maxmemory_policy:([a-z-]+)/m.exec(info)?.[1];
  if (policy === undefined || policy === 'noeviction') return;
  const problem = `Redis has maxmemory-policy "${policy}" and would drop jobs when memory is short. Set it to "noeviction".`;
  throw new QueueFailure(queueMisconfigured('bullmq', problem));
}
