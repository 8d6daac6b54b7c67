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
export function startServers(queue: QueueName): Promise<Servers> {
  const servers = start(queue);
  started.push(servers);
  return servers;
}

async function start(queue: QueueName): Promise<Servers> {
  const postgres = await startPrivatePostgres({ durable: true });
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
