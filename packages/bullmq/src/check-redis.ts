import type { BullmqQueueLike } from './bullmq-types.ts';
import { isObject, RedisMisconfigured } from './queue-error.ts';

/** BullMQ 5 has the client on the queue, BullMQ 6 on the queue's backend; both as a promise. */
async function redisClient(queue: BullmqQueueLike): Promise<unknown> {
  if ('getBackend' in queue && typeof queue.getBackend === 'function') {
    const backend: unknown = queue.getBackend();
    return isObject(backend) && 'client' in backend ? backend.client : undefined;
  }
  return 'client' in queue ? queue.client : undefined;
}

/** Redis drops keys, and with them jobs, under any policy but `noeviction`. INFO is open where CONFIG is not. */
export async function checkEvictionPolicy(queue: BullmqQueueLike): Promise<void> {
  const client = await redisClient(queue);
  if (!isObject(client) || !('info' in client) || typeof client.info !== 'function') return;
  const info: unknown = await client.info();
  const policy = /^maxmemory_policy:([a-z-]+)/m.exec(String(info))?.[1];
  if (policy === undefined || policy === 'noeviction') return;
  throw new RedisMisconfigured(
    `[cbb-sync] [bullmq] Redis has maxmemory-policy "${policy}" and would drop jobs when memory is short. Set it to "noeviction".`,
  );
}
