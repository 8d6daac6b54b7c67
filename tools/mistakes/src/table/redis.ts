import { silentServer } from '@visanet/test-support';
import { Redis } from 'ioredis';
import { startPrivateRedis } from '../../../servers/redis.ts';
import type { Mistake } from '../mistake.ts';
import { each, hearsOn } from './words.ts';

const bullmq = ['doctor --queue=bullmq', 'sweep --queue=bullmq', 'worker --queue=bullmq'];

/** Redis as it can be misnamed, away, closed, or about to drop jobs. */
export const redisMistakes: readonly Mistake[] = [
  {
    name: 'a Redis that is away',
    settings: () => ({ REDIS_URL: 'redis://:hunter2@127.0.0.1:1' }),
    commands: each(bullmq, 1, /Redis did not answer|nothing answers at the address of Redis/, /REDIS_URL/),
    host: hearsOn(
      'bullmq',
      'queue_unavailable',
      /Redis did not answer/,
      /Check that it runs and can be reached/,
    ),
  },
  {
    name: 'a Redis whose host does not exist',
    settings: () => ({ REDIS_URL: 'redis://:hunter2@no-such-host.invalid:6379' }),
    commands: each(bullmq, 1, /Redis/, /REDIS_URL/),
    host: hearsOn(
      'bullmq',
      'queue_unavailable',
      /Redis did not answer/,
      /Check that it runs and can be reached/,
    ),
  },
  {
    name: 'a Redis that never says a word',
    settings: async ({ listening }) => ({
      REDIS_URL: `redis://127.0.0.1:${(await listening(silentServer)).port}`,
    }),
    commands: each(bullmq, 1, /Redis/, /REDIS_URL/),
    host: hearsOn(
      'bullmq',
      'queue_unavailable',
      /Redis did not answer/,
      /Check that it runs and can be reached/,
    ),
  },
  {
    name: 'the password of another Redis',
    settings: () => {
      const url = new URL(process.env.REDIS_URL ?? '');
      return { REDIS_URL: Object.assign(url, { username: 'someone', password: 'hunter2' }).href };
    },
    commands: [
      ...each(['doctor --queue=bullmq'], 1, /Redis refuses the user or the password/, /REDIS_URL/),
      ...each(['sweep --queue=bullmq', 'worker --queue=bullmq'], 1, /Redis/, /REDIS_URL/),
    ],
    host: {
      kind: ['queue_unavailable', 'queue-errored'],
      says: [/Redis refuses the user or the password/, /Check both in its URL/],
      queue: 'bullmq',
    },
  },
  {
    name: 'a Redis that drops keys when memory is short',
    settings: async ({ ending }) => {
      const server = ending(await startPrivateRedis());
      const redis = new Redis(server.url);
      await redis.config('SET', 'maxmemory-policy', 'allkeys-lru');
      redis.disconnect();
      return { REDIS_URL: server.url };
    },
    commands: each(['doctor --queue=bullmq', 'worker --queue=bullmq'], 1, /allkeys-lru/, /noeviction/),
    host: hearsOn('bullmq', 'queue_misconfigured', /allkeys-lru/, /Set it to .*noeviction/),
  },
  {
    name: 'the URL of another kind of server',
    settings: () => ({ REDIS_URL: 'http://127.0.0.1:6379' }),
    commands: each(bullmq, 2, /REDIS_URL must be a URL that begins with redis/),
    host: hearsOn('bullmq', 'invalid_configuration', /REDIS_URL must be a URL that begins with redis/),
  },
];
