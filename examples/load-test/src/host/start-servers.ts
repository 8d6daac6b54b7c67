import { startPrivatePostgres } from '../../../../tools/servers/postgres.ts';
import { startPrivateRedis } from '../../../../tools/servers/redis.ts';
import type { QueueName } from './queue-name.ts';

export interface Servers {
  readonly postgres: Awaited<ReturnType<typeof startPrivatePostgres>>;
  /** Null where the queue needs none. */
  readonly redis: Awaited<ReturnType<typeof startPrivateRedis>> | null;
  stop(): Promise<void>;
}

/** Servers of our own in any case: they are restarted and wiped. */
export async function startServers(queue: QueueName): Promise<Servers> {
  const postgres = await startPrivatePostgres({ durable: true });
  const redis = queue === 'bullmq' ? await startPrivateRedis() : null;
  return {
    postgres,
    redis,
    async stop() {
      await redis?.stop();
      await postgres.stop();
    },
  };
}
