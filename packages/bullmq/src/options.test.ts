import { createScriptedEngine } from '@visanet/cbb-testkit/conformance';
import { Queue } from 'bullmq';
import * as bullmq5 from 'bullmq5';
import { Redis } from 'ioredis';
import { describe, expect, it, vi } from 'vitest';
import { createAdapter, freshName, okOf, redisUrl } from '../test/adapter.ts';
import { createBullmqSync } from './create-bullmq-sync.ts';

const connection = { url: redisUrl };

async function jobsOf(queueName: string, prefix?: string) {
  const queue = new Queue(queueName, { connection, ...(prefix === undefined ? {} : { prefix }) });
  const jobs = await queue.getJobs();
  await queue.close();
  return jobs;
}

describe('createBullmqSync', () => {
  it('lists every wrong option in one TypeError', () => {
    const { engine } = createScriptedEngine();
    const wrong: object = {
      queueName: '',
      prefix: 7,
      enqueueTimeoutMs: 0,
      lockMs: 10,
      rateLimit: { max: 1 },
      sweepBatchSize: 0,
      onEvent: true,
      bullmq: {},
      queue: {},
      conection: {},
    };
    const all =
      /conection: unknown option.*queue: must have.*bullmq: must hold.*lockMs.*rateLimit.*sweepBatchSize.*enqueueTimeoutMs.*onEvent/;
    expect(() => createBullmqSync({ engine, ...wrong })).toThrow(all);
    expect(() => createBullmqSync({ engine })).toThrow('connection: or queue must be given');
    const unset: object[] = [{ url: undefined }, { url: '' }, { host: undefined, port: 6379 }];
    for (const connection of unset) {
      expect(() => createBullmqSync({ engine, connection })).toThrow(
        /connection: (url|host) is given but has no value/,
      );
    }
  });

  it('takes name and prefix from the queue of the host only', async () => {
    const { engine } = createScriptedEngine();
    const queue = new bullmq5.Queue('host', { connection });
    expect(() => createBullmqSync({ engine, queue, queueName: 'y', prefix: 'z' })).toThrow(
      'queueName: is that of the given queue; prefix: is that of the given queue',
    );
    await queue.waitUntilReady();
    await queue.close();
  });

  it('stores the order id, retention and backoff in the queue and under the prefix of its choice', async () => {
    const queueName = freshName();
    const { adapter } = createAdapter({ connection, queueName, prefix: 'other' });
    okOf(await adapter.enqueue('IL-1'));
    expect(await jobsOf(queueName)).toEqual([]);
    const [job] = await jobsOf(queueName, 'other');
    expect(job?.name).toBe('sync-contact');
    expect(job?.data).toEqual({ orderId: 'IL-1', v: 1 });
    expect(job?.opts).toMatchObject({
      attempts: 100,
      backoff: { type: 'cbb-sync' },
      removeOnComplete: { age: 3_600, count: 1_000 },
      removeOnFail: { age: 1_209_600, count: 5_000 },
    });
    okOf(await adapter.close());
  });

  it('uses the queue of the host, its name and prefix, and leaves it open', async () => {
    const queue = new Queue(freshName(), { connection, prefix: 'host' });
    const { adapter, scripted } = createAdapter({ queue });
    okOf(await adapter.enqueue('IL-1'));
    okOf(await adapter.startWorker({ sweepIntervalMs: 0 }));
    await expect.poll(() => scripted.runsOf('IL-1').length).toBe(1);
    okOf(await adapter.close());
    expect(await queue.getJobCounts('completed')).toEqual({ completed: 1 });
    await queue.close();
  });

  it('hears errors of the queue of the host from the start until it is closed', async () => {
    const queue = new Queue(freshName(), { connection });
    queue.on('error', () => {});
    const { adapter, events } = createAdapter({ queue });
    queue.emit('error', Object.assign(new Error('secret'), { code: 'ECONNRESET' }));
    expect(events).toMatchObject([{ kind: 'queue-errored', error: { kind: 'queue_unavailable' } }]);
    expect(JSON.stringify(events)).not.toContain('secret');
    okOf(await adapter.close());
    queue.emit('error', new Error('later'));
    expect(events).toHaveLength(1);
    await queue.close();
  });

  it('takes an ioredis instance, whose settings are right for producers only, and leaves it open', async () => {
    const redis = new Redis(redisUrl, { maxRetriesPerRequest: 1 });
    const { adapter, scripted } = createAdapter({
      connection: redis,
      queueName: freshName(),
      bullmq: bullmq5,
    });
    okOf(await adapter.enqueue('IL-1'));
    okOf(await adapter.startWorker({ sweepIntervalMs: 0 }));
    await expect.poll(() => scripted.runsOf('IL-1').length).toBe(1);
    okOf(await adapter.close());
    expect(await redis.ping()).toBe('PONG');
    redis.disconnect();
  });

  it('sweeps in batches of the given size', async () => {
    const { engine, makeDue } = createScriptedEngine();
    makeDue('IL-1', 'IL-2', 'IL-3');
    const queue = new Queue(freshName(), { connection });
    const added = vi.spyOn(queue, 'addBulk');
    const adapter = createBullmqSync({ engine, queue, sweepBatchSize: 2 });
    okOf(await adapter.sweep());
    expect(added.mock.calls.map(([jobs]) => jobs.length)).toEqual([2, 1]);
    okOf(await adapter.close());
    await queue.close();
  });

  it('hands an order to another worker after the lock time, counted from a silent worker', async () => {
    const queueName = freshName();
    const { adapter, scripted } = createAdapter({ connection, queueName, lockMs: 1_000 });
    scripted.hold('IL-1', { deaf: true });
    okOf(await adapter.enqueue('IL-1'));
    okOf(await adapter.startWorker({ sweepIntervalMs: 0 }));
    await expect.poll(() => scripted.runs.length).toBe(1);
    // Stands for a frozen process: it does not renew its lock, and its job is left as it is.
    expect(okOf(await adapter.close({ graceMs: 0 }))).toEqual({ kind: 'abandoned' });
    const other = createAdapter({ connection, queueName, lockMs: 1_000 });
    okOf(await other.adapter.startWorker({ sweepIntervalMs: 0 }));
    await expect.poll(() => other.scripted.runsOf('IL-1').length, { timeout: 10_000 }).toBe(1);
    scripted.openAll();
    okOf(await other.adapter.close());
  }, 30_000);

  it('lets workers of one major run what the other major enqueued', async () => {
    const queueName = freshName();
    const five = createAdapter({ connection, queueName, bullmq: bullmq5 });
    const six = createAdapter({ connection, queueName });
    const failing = {
      kind: 'error',
      error: { kind: 'store_unavailable', message: '', retryable: true },
    } as const;
    six.scripted.script('from-5', failing, { kind: 'retry', afterMs: 10 });
    five.scripted.script('from-6', failing, { kind: 'retry', afterMs: 10 });
    okOf(await five.adapter.enqueue('from-5'));
    okOf(await six.adapter.startWorker({ sweepIntervalMs: 0 }));
    await expect.poll(() => six.scripted.runsOf('from-5').length, { timeout: 10_000 }).toBe(3);
    okOf(await six.adapter.stop());
    okOf(await six.adapter.enqueue('from-6'));
    okOf(await five.adapter.startWorker({ sweepIntervalMs: 0 }));
    await expect.poll(() => five.scripted.runsOf('from-6').length, { timeout: 10_000 }).toBe(3);
    okOf(await five.adapter.close());
    okOf(await six.adapter.close());
  }, 30_000);
});
