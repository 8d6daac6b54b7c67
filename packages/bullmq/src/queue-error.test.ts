import { Queue, Worker } from 'bullmq';
import { Redis } from 'ioredis';
import { describe, expect, it } from 'vitest';
import { startPrivateRedis } from '../../../tools/servers/redis.ts';
import { createAdapter, errorOf, freshName, okOf, redisUrl } from '../test/adapter.ts';
import type { BullmqClasses } from './bullmq-types.ts';
import { toQueueError } from './options.ts';

function classesThatThrow(error: Error): BullmqClasses {
  const construct = () => {
    throw error;
  };
  return { Queue: new Proxy(Queue, { construct }), Worker: new Proxy(Worker, { construct }) };
}

describe('errors of the queue', () => {
  it('answers within the enqueue timeout while Redis is away, and tells no host or password', async () => {
    const { adapter, events } = createAdapter({
      connection: { url: 'redis://user:hunter2@127.0.0.1:1' },
      queueName: freshName(),
      enqueueTimeoutMs: 200,
    });
    const before = performance.now();
    const error = errorOf(await adapter.enqueue('IL-1'));
    expect(performance.now() - before).toBeLessThan(3_000);
    expect(error).toMatchObject({ kind: 'queue_unavailable', retryable: true });
    expect(error.message).toContain('Redis did not answer');
    await expect.poll(() => events.some(({ kind }) => kind === 'queue-errored')).toBe(true);
    expect(errorOf(await adapter.startWorker()).kind).toBe('queue_unavailable');
    expect(JSON.stringify([error, events])).not.toMatch(/hunter2|127\.0\.0\.1/);
    await adapter.close().match(
      () => {},
      () => {},
    );
  });

  it('refuses to work on a Redis that may evict jobs', async () => {
    const server = await startPrivateRedis();
    const redis = new Redis(server.url);
    const { adapter } = createAdapter({ connection: { url: server.url }, queueName: freshName() });
    await redis.config('SET', 'maxmemory-policy', 'allkeys-lru');
    const error = errorOf(await adapter.startWorker());
    expect(error).toMatchObject({ kind: 'queue_misconfigured', retryable: false });
    expect(error.message).toContain('"allkeys-lru"');
    await redis.config('SET', 'maxmemory-policy', 'noeviction');
    okOf(await adapter.startWorker({ sweepIntervalMs: 0 }));
    okOf(await adapter.close());
    redis.disconnect();
    await server.stop();
  });

  it.each([
    ['ioredis', new Error("BullMQ could not load the optional 'ioredis' package. Install it")],
    ['bullmq', Object.assign(new Error("Cannot find module 'bullmq'"), { code: 'MODULE_NOT_FOUND' })],
  ])('says that %s is not installed', async (name, thrown) => {
    const { adapter } = createAdapter({
      connection: { url: redisUrl },
      bullmq: classesThatThrow(thrown),
    });
    const error = errorOf(await adapter.enqueue('IL-1'));
    expect(error).toMatchObject({ kind: 'peer_missing', retryable: false });
    expect(error.message).toContain(`npm install ${name}`);
  });

  it('keeps only a code of an unknown error', () => {
    const secret = Object.assign(new Error('connect to redis://:hunter2@host'), { code: 'ECONNREFUSED' });
    expect(toQueueError(secret).message).toContain('(ECONNREFUSED)');
    expect(
      JSON.stringify([toQueueError(secret), toQueueError({ code: 'hunter2' }), toQueueError(7)]),
    ).not.toContain('hunter2');
  });
});
