import { startPrivatePostgres } from '../../../servers/postgres.ts';
import { startPrivateRedis } from '../../../servers/redis.ts';
import type { QueueName } from './queue-name.ts';

export interface Servers {
  readonly postgres: Awaited<ReturnType<typeof startPrivatePostgres>>;
  /** Null where the queue needs none. */
  readonly redis: Awaited<ReturnType<typeof startPrivateRedis>> | null;
  stop(): Promise<void>;
}

const started: Promise<Servers>[] = [];

/** Of an interrupted program: also those that are just being started. */
export async function stopAllServers(): Promise<void> {
  await Promise.allSettled(started.map(async (servers) => (await servers).stop()));
}

/** Servers of our own in any case: they are restarted and wiped. */
export function startServers(queue: QueueName, durable: boolean): Promise<Servers> {
  const servers = start(queue, durable);
  started.push(servers);
  return servers;
}

/** Nothing but our statements writes. */
const quiet = ['autovacuum=off', 'checkpoint_timeout=1d', 'max_wal_size=16GB'];

async function start(queue: QueueName, durable: boolean): Promise<Servers> {
  const postgres = await startPrivatePostgres(durable ? { durable } : { settings: quiet });
  const redis = queue === 'bullmq' ? await startPrivateRedis() : null;
  let stopping: Promise<void> | null = null;
  async function stop(): Promise<void> {
    await redis?.stop();
    await postgres.stop();
  }
  return {
    postgres,
    redis,
    stop() {
      stopping ??= stop();
      return stopping;
    },
  };
}
