import { randomUUID } from 'node:crypto';
import { createFunctionSync } from '@visanet/cbb-function';
import type { SyncEngine } from '@visanet/cbb-sync';
import { describe, expect, it } from 'vitest';
import { useHostBench } from '../test/host-bench.ts';
import { createCbbSync } from './create-cbb-sync.ts';
import { createCbbSyncOrThrow } from './create-cbb-sync-or-throw.ts';
import type { QueueName, QueueOptions } from './options/host-options.ts';

const bench = useHostBench();
const { events, onEvent, environmentOf } = bench;

describe('three lines', () => {
  const queues: readonly (readonly [QueueName, () => QueueOptions])[] = [
    ['function', () => ({})],
    ['bullmq', () => ({ queueName: `host-${randomUUID()}` })],
    ['pg-boss', () => ({ schema: `boss_${randomUUID().replaceAll('-', '')}` })],
  ];

  it.each(queues)('sync an order over %s', async (queue, queueOptions) => {
    const environment = environmentOf('plan', { REDIS_URL: process.env.REDIS_URL });
    const cbb = await createCbbSyncOrThrow({ queue, queueOptions: queueOptions(), environment, onEvent });
    await cbb.startWorker({ sweepIntervalMs: 0 });
    const orderId = await bench.database.insert();
    await cbb.enqueue(orderId);
    await expect.poll(() => bench.database.statusOf(orderId), { timeout: 20_000 }).toBe('synced');
    expect(await cbb.close()).toEqual({ kind: 'drained' });
    expect(events).toContainEqual(expect.objectContaining({ kind: 'job-finished', orderId }));
    expect(events.filter(({ kind }) => kind === 'queue-errored')).toEqual([]);
  });

  it('read the environment of the process unless one is given', async () => {
    const error = (await createCbbSync())._unsafeUnwrapErr();
    expect(error).toMatchObject({ kind: 'invalid_configuration', problems: ['CBB_API_KEY must be set'] });
  });
});

it('lets a job that runs at the close end in good order', async () => {
  let engine: SyncEngine | undefined;
  const cbb = await createCbbSyncOrThrow({
    environment: environmentOf('plan', { CBB_API_RATE_LIMIT: undefined }),
    pool: bench.database.pool,
    queue(parts) {
      ({ engine } = parts);
      const { sweepBatchSize: _, ...own } = parts;
      return createFunctionSync(own);
    },
  });
  await cbb.ready();
  await cbb.close();
  const synced = await engine?.sync(await bench.database.insert());
  expect(synced?._unsafeUnwrap()).toMatchObject({ outcome: 'created' });
});
