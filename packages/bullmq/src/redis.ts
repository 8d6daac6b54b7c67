import { QueueFailure, queueMisconfigured } from '@visanet/cbb-queue';
import { hasMethods, isObject } from '@visanet/cbb-sync';
import type { Redis } from 'ioredis';
import type { BullmqQueueLike } from './bullmq-types.ts';

/** What the adapter asks of Redis beside BullMQ. */
const commands = ['info', 'mget', 'exists', 'zmscore', 'del'] as const;
export type RedisCommands = Pick<Redis, (typeof commands)[number]>;

const isRedis = (client: unknown): client is RedisCommands => hasMethods(...commands)(client) === undefined;

/** A client instance, as opposed to options for one. */
interface ClientLike {
  duplicate(overrides: object): Pick<Redis, 'disconnect'>;
}

const isClient = (connection: object): connection is ClientLike =>
  'duplicate' in connection && typeof connection.duplicate === 'function';

export async function redisOf(queue: BullmqQueueLike): Promise<RedisCommands> {
  // BullMQ 5 has the client on the queue, BullMQ 6 on the queue's backend; both as a promise.
  const holder = queue.getBackend?.() ?? queue;
  const client: unknown = isObject(holder) && 'client' in holder ? await holder.client : undefined;
  if (isRedis(client)) return client;
  throw new QueueFailure(queueMisconfigured('bullmq', 'The queue is not on ioredis 5. Give one that is.'));
}

/** A producer answers a web request: it must fail fast while Redis is away, not wait for it. */
export function producerConnection(connection: object): object {
  const hasty = { maxRetriesPerRequest: 1, enableOfflineQueue: false, commandTimeout: undefined };
  return isClient(connection) ? connection : { ...connection, ...hasty };
}

/** A worker waits for Redis for ever, in blocking reads: a retry limit or a command timeout would break them. */
export function workerConnection(connection: object): { connection: object; release: () => void } {
  const patient = { maxRetriesPerRequest: null, enableOfflineQueue: true, commandTimeout: undefined };
  if (!isClient(connection)) return { connection: { ...connection, ...patient }, release: () => {} };
  const own = connection.duplicate(patient);
  return { connection: own, release: () => own.disconnect() };
}

/** Redis drops keys, and with them jobs, under any policy but `noeviction`. INFO is open where CONFIG is not. */
export async function checkEvictionPolicy(queue: BullmqQueueLike): Promise<void> {
  const policy = /^maxmemory_policy:([a-z-]+)/m.exec(await (await redisOf(queue)).info())?.[1];
  if (policy === undefined || policy === 'noeviction') return;
  const problem = `Redis has maxmemory-policy "${policy}" and would drop jobs when memory is short. Set it to "noeviction".`;
  throw new QueueFailure(queueMisconfigured('bullmq', problem));
}
