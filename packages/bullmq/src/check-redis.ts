import { QueueFailure, queueMisconfigured } from '@visanet/cbb-queue';
import { isObject } from '@visanet/cbb-sync';
import type { BullmqQueueLike } from './bullmq-types.ts';

/** Redis drops keys, and with them jobs, under any policy but `noeviction`. INFO is open where CONFIG is not. */
export async function checkEvictionPolicy(queue: BullmqQueueLike): Promise<void> {
  // BullMQ 5 has the client on the queue, BullMQ 6 on the queue's backend; both as a promise.
  const holder = queue.getBackend?.() ?? queue;
  const client: unknown = isObject(holder) && 'client' in holder ? await holder.client : undefined;
  if (!isObject(client) || !('info' in client) || typeof client.info !== 'function') return;
  const info: unknown = await client.info();
  const policy = /^maxmemory_policy:([a-z-]+)/m.exec(String(info))?.[1];
  if (policy === undefined || policy === 'noeviction') return;
  const problem = `Redis has maxmemory-policy "${policy}" and would drop jobs when memory is short. Set it to "noeviction".`;
  throw new QueueFailure(queueMisconfigured('bullmq', problem));
}
