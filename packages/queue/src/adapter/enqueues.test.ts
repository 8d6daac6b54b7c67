import { hasMethods, optional } from '@visanet/cbb-sync';
import { describe, expect, it } from 'vitest';
import { create, kindOf } from '../../test/create-adapter.ts';
import { createQueueAdapter } from './create-queue-adapter.ts';
import { queueAdapterSettings } from './queue-adapter-options.ts';

interface Beside {
  readonly db?: object;
}

/** An adapter whose enqueues take a database, and what its driver was given. */
function withPushRules() {
  const given: (readonly [readonly string[], Beside | undefined])[] = [];
  const { engine, capabilities } = create();
  const settings = queueAdapterSettings({ engine }, () => ({
    kind: 'queue_unavailable',
    message: 'down',
    retryable: true,
  }));
  const adapter = createQueueAdapter<Beside>({
    ...settings,
    driver: {
      capabilities,
      pushRules: { db: optional(hasMethods('executeSql')) },
      async push(orderIds, options) {
        given.push([orderIds, options]);
        return orderIds.length;
      },
      work: () => Promise.reject(new Error('not called')),
      release: async () => {},
    },
  });
  return { adapter, given };
}

const never = () => new Promise<never>(() => {});

describe('what an enqueue takes beside the order', () => {
  it('reaches the driver, where it names it', async () => {
    const { adapter, given } = withPushRules();
    const db = { executeSql: async () => ({ rows: [] }) };
    (await adapter.enqueue('a', { db }))._unsafeUnwrap();
    (await adapter.enqueueMany(['b', 'c'], { db }))._unsafeUnwrap();
    (await adapter.enqueue('d'))._unsafeUnwrap();
    expect(given).toEqual([
      [['a'], { db }],
      [['b', 'c'], { db }],
      [['d'], undefined],
    ]);
  });

  it('throws at once where it is mistyped, and nothing is enqueued', () => {
    const { adapter, given } = withPushRules();
    const mistyped: object = { bd: {} };
    expect(() => adapter.enqueue('a', mistyped)).toThrow('enqueue: bd: unknown option');
    expect(() => adapter.enqueueMany(['a'], mistyped)).toThrow('enqueueMany: bd: unknown option');
    expect(() => adapter.enqueue('a', { db: {} })).toThrow('db: must have the methods executeSql');
    expect(given).toEqual([]);
  });
});

describe('a queue that does not answer', () => {
  it('fails an enqueue, a look for jobs, a start and a close after the time that it is given', async () => {
    const answers = { missing: never, push: never, check: never, release: never, enqueueTimeoutMs: 5 };
    const { adapter } = create({ ...answers, pages: [['a']] });
    expect(kindOf(await adapter.enqueue('a'))).toBe('queue_unavailable');
    expect(kindOf(await adapter.sweep())).toBe('queue_unavailable');
    expect(kindOf(await adapter.startWorker())).toBe('queue_unavailable');
    expect(kindOf(await adapter.close())).toBe('queue_unavailable');
  });

  it('has that time for each batch of many', async () => {
    let pushes = 0;
    const slow = create({
      pushBatchSize: 1,
      enqueueTimeoutMs: 60_000,
      async push(orderIds) {
        pushes += 1;
        return orderIds.length;
      },
    });
    expect((await slow.adapter.enqueueMany(['a', 'b', 'c']))._unsafeUnwrap().enqueued).toBe(3);
    expect(pushes).toBe(3);
  });
});
