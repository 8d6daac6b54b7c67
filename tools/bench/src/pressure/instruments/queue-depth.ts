import { syncQueueName } from '@visanet/cbb-queue';
import { Redis } from 'ioredis';
import * as z from 'zod';
import type { Stage } from '../stage.ts';

const counted = z.tuple([z.object({ jobs: z.coerce.number() })]);
const lists = ['wait', 'active', 'paused'];
const sortedSets = ['delayed', 'prioritized'];
const keyOf = (state: string) => `bull:${syncQueueName}:${state}`;

/** Jobs that are not done: waiting, delayed or running. The function adapter's are the due orders themselves. */
export async function queueDepth({ settings, host }: Stage): Promise<number> {
  switch (settings.queue) {
    case 'function':
      return 0;
    case 'pg-boss': {
      const { rows } = await host.pool.query(
        "SELECT count(*) AS jobs FROM pgboss.job WHERE name LIKE 'cbb-sync%' AND state < 'completed'",
      );
      return counted.parse(rows)[0].jobs;
    }
    case 'bullmq':
      return withRedis(settings.redisUrl, async (redis) => {
        const sizes = await Promise.all([
          ...lists.map((state) => redis.llen(keyOf(state))),
          ...sortedSets.map((state) => redis.zcard(keyOf(state))),
        ]);
        return sizes.reduce((sum, size) => sum + size, 0);
      });
  }
}

export async function withRedis<T>(url: string | null, use: (redis: Redis) => Promise<T>): Promise<T> {
  const redis = new Redis(url ?? '');
  try {
    return await use(redis);
  } finally {
    redis.disconnect();
  }
}

/** Loses every job of Redis, as a server without its data does, or one of ten of pg-boss's. */
export async function loseJobs({ settings, host }: Stage): Promise<void> {
  if (settings.queue === 'bullmq') await withRedis(settings.redisUrl, (redis) => redis.flushall());
  else {
    await host.pool.query(
      "DELETE FROM pgboss.job WHERE name LIKE 'cbb-sync%' AND hashtext(singleton_key) % 10 = 0",
    );
  }
}

/** Gives each order a job of pg-boss's like those that wait already. */
export async function copyJobs({ host }: Stage, orderIds: readonly string[]): Promise<void> {
  await host.pool.query(
    `INSERT INTO pgboss.job SELECT (jsonb_populate_record(model, jsonb_build_object('id', gen_random_uuid(),
        'singleton_key', id, 'data', jsonb_build_object('orderId', id, 'v', 1)))).*
      FROM (SELECT job AS model FROM pgboss.job WHERE name LIKE 'cbb-sync%' LIMIT 1) one, unnest($1::text[]) AS id`,
    [orderIds],
  );
}
