import { QueueFailure, queueMisconfigured } from '@visanet/cbb-queue';
import { hasMethods, isObject } from '@visanet/cbb-sync';
import type { BullmqQueueLike } from './bullmq-types.ts';

/** What the adapter asks of Redis beside BullMQ, as any client of ioredis answers it. */
export interface RedisCommands {
  info(): Promise<string>;
  mget(keys: readonly string[]): Promise<(string | null)[]>;
  exists(keys: readonly string[]): Promise<number>;
  zmscore(key: string, members: readonly string[]): Promise<(string | null)[]>;
  del(key: string): Promise<number>;
}

const hasCommands = hasMethods('info', 'mget', 'exists', 'zmscore', 'del');

function isRedis(client: unknown): client is RedisCommands {
  return hasCommands(client) === undefined;
}

export async function redisOf(queue: BullmqQueueLike): Promise<RedisCommands> {
  // BullMQ 5 has the client on the queue, BullMQ 6 on the queue's backend; both as a promise.
  const holder = queue.getBackend?.() ?? queue;
  const client: unknown = isObject(holder) && 'client' in holder ? await holder.client : undefined;
  if (isRedis(client)) return client;
  throw new QueueFailure(queueMisconfigured('bullmq', 'The queue is not on ioredis 5. Give one that is.'));
}
