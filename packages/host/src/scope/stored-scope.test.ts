import { randomUUID } from 'node:crypto';
import { createSimulator } from '@visanet/cbb-testkit';
import { describe, expect, it } from 'vitest';
import { awayService } from '../../test/away.ts';
import { mappingOf, nowhere, untouched, useHostBench } from '../../test/host-bench.ts';
import { createCbbSyncOrThrow } from '../create-cbb-sync-or-throw.ts';
import type { QueueName, QueueOptions } from '../options/host-options.ts';

const bench = useHostBench();
const { simulators, events, onEvent, environmentOf } = bench;

const told = (kind: string) => events.filter((event) => event.kind === kind);
const inRedis = { REDIS_URL: process.env.REDIS_URL };

describe('a service that is away where contract and account are stored', () => {
  const queues: readonly (readonly [QueueName, () => QueueOptions])[] = [
    ['function', () => ({})],
    ['bullmq', () => ({ queueName: `host-${randomUUID()}` })],
    ['pg-boss', () => ({ schema: `boss_${randomUUID().replaceAll('-', '')}` })],
  ];

  it.each(queues)(
    'costs no order an attempt, and all are synced when it is back (%s)',
    async (queue, own) => {
      await bench.know('plan');
      const away = await awayService(simulators.plan);
      const environment = environmentOf('plan', { CBB_API_URL: away.url, ...inRedis });
      const cbb = await createCbbSyncOrThrow({ queue, queueOptions: own(), environment, onEvent });
      await cbb.startWorker();
      const orderId = await bench.database.insert();
      await cbb.enqueue(orderId);
      await expect.poll(() => told('service-awaited')).toHaveLength(1);
      expect(await bench.traceOf(orderId)).toEqual(untouched);
      const back = await away.returns();
      await expect.poll(() => bench.database.statusOf(orderId), { timeout: 20_000 }).toBe('synced');
      expect(events.map(({ kind }) => kind)).not.toContain('job-errored');
      expect([told('service-awaited'), told('service-answered')].map(({ length }) => length)).toEqual([1, 1]);
      await cbb.close();
      await back.close();
    },
  );

  it('lets the worker stop at once, and gives back what waited for it', async () => {
    await bench.know('plan');
    const orderId = await bench.database.insert();
    const environment = environmentOf('plan', { CBB_API_URL: nowhere });
    const cbb = await createCbbSyncOrThrow({ environment, onEvent });
    await cbb.startWorker();
    const claimed = 'SELECT 1 FROM orders WHERE cbb_sync_claimed_until IS NOT NULL';
    await expect.poll(async () => (await bench.database.pool.query(claimed)).rows).toHaveLength(1);
    expect(await cbb.stop({ graceMs: 60_000 })).toEqual({ kind: 'drained' });
    expect((await bench.database.pool.query(claimed)).rows).toEqual([]);
    expect(await bench.traceOf(orderId)).toEqual(untouched);
    await cbb.close();
  });

  it('is no reason to wait for whoever reads; whoever writes is told, and nothing is claimed', async () => {
    await bench.know('v1.1');
    const environment = environmentOf('v1.1', { CBB_API_URL: nowhere });
    const cbb = await createCbbSyncOrThrow({ environment, onEvent });
    const orderId = await bench.database.insert();
    const { scopeFrom, scope, store, engine } = await cbb.ready();
    expect({ scopeFrom, scope }).toEqual({
      scopeFrom: 'database',
      scope: { contract: 'v1.1', account: '1000001' },
    });
    expect((await store.load(orderId, 0)).isOk()).toBe(true);
    const refused = (await engine.sync(orderId))._unsafeUnwrapErr();
    expect(refused).toMatchObject({ kind: 'store_unavailable', retryable: true });
    expect(refused.message).toMatch(/contact service could not be proven.*did not tell contract and account/);
    await expect(cbb.runDue({ budgetMs: 10_000 })).rejects.toMatchObject({ kind: 'service_unavailable' });
    expect(await bench.traceOf(orderId)).toEqual(untouched);
    await cbb.close();
  });

  it('may hang: the worker starts all the same', async () => {
    await bench.know('plan');
    simulators.plan.failNext({ kind: 'hang' });
    const cbb = await createCbbSyncOrThrow({ environment: environmentOf('plan'), onEvent });
    await cbb.startWorker();
    expect(await cbb.close()).toEqual({ kind: 'drained' });
  });
});

describe('a service that comes back as another', () => {
  const another = {
    account: createSimulator({ contract: 'v1.1', seed: 2, accountId: '7' }),
    contract: createSimulator({ seed: 2 }),
  };

  it.each([
    ['account', 'with an order', /v1\.1\/1000001.*v1\.1\/7.*cbb adopt/],
    ['account', 'without one', /v1\.1\/1000001.*v1\.1\/7.*cbb adopt/],
    ['contract', 'with an order', /v1\.1\/1000001.*plan\/default.*cbb adopt/],
  ] as const)('%s stops the worker, %s, and nothing is written', async (what, order, words) => {
    await bench.know('v1.1');
    const away = await awayService(simulators['v1.1']);
    const cbb = await createCbbSyncOrThrow({
      environment: environmentOf('v1.1', { CBB_API_URL: away.url, CBB_API_KEY: another[what].apiKey }),
      onEvent,
    });
    const orderId = order === 'with an order' ? await bench.database.insert() : null;
    await cbb.startWorker();
    await expect.poll(() => told('service-awaited')).toHaveLength(1);
    const back = await away.returns(another[what]);
    await expect.poll(() => told('worker-halted'), { timeout: 20_000 }).toHaveLength(1);
    expect(told('worker-halted')).toMatchObject([
      { reason: 'misconfigured', message: expect.stringMatching(words) },
    ]);
    await cbb.close();
    expect(told('worker-halted')).toHaveLength(1);
    if (orderId !== null) expect(await bench.traceOf(orderId)).toEqual(untouched);
    expect(another[what].contacts.size).toBe(0);
    await back.close();
  });

  it('that rejects the key stops the worker as a rejected key does', async () => {
    await bench.know('v1.1');
    const away = await awayService(simulators['v1.1']);
    const cbb = await createCbbSyncOrThrow({
      environment: environmentOf('v1.1', { CBB_API_URL: away.url }),
      onEvent,
    });
    await cbb.startWorker();
    const back = await away.returns(createSimulator({ contract: 'v1.1', seed: 2, apiKey: '1.other' }));
    await expect
      .poll(() => told('worker-halted'), { timeout: 20_000 })
      .toMatchObject([{ reason: 'key_rejected', message: expect.stringContaining('CBB_API_KEY') }]);
    await cbb.close();
    await back.close();
  });

  it('that lacks mapped fields stops the worker with all of them named', async () => {
    await bench.know('v1.1');
    const away = await awayService(simulators['v1.1']);
    const orderId = await bench.database.insert();
    const cbb = await createCbbSyncOrThrow({
      environment: environmentOf('v1.1', { CBB_API_URL: away.url }),
      mapping: mappingOf(['no_such', 'nor_this']),
      onEvent,
    });
    await cbb.startWorker();
    const back = await away.returns();
    await expect
      .poll(() => told('worker-halted'), { timeout: 20_000 })
      .toMatchObject([{ reason: 'misconfigured', message: expect.stringContaining('no_such, nor_this') }]);
    expect(await bench.traceOf(orderId)).toEqual(untouched);
    await cbb.close();
    await back.close();
  });
});

describe('the stored contract and account', () => {
  it.each([
    ['CBB_API_CONTRACT', { CBB_API_CONTRACT: 'plan' }, /v1\.1\/1000001, but CBB_API_CONTRACT is plan/],
    ['CBB_ACCOUNT_ID', { CBB_ACCOUNT_ID: '7' }, /v1\.1\/1000001, but CBB_ACCOUNT_ID is 7/],
  ])('are refused where %s says otherwise, without a question to the service', async (_, more, words) => {
    await bench.know('v1.1');
    const environment = environmentOf('v1.1', more);
    const cbb = await createCbbSyncOrThrow({ environment, onEvent });
    const error = { kind: 'store_failed', cause: 'scope_differs', message: expect.stringMatching(words) };
    await expect(cbb.startWorker()).rejects.toMatchObject({ error });
    await expect(cbb.ready()).rejects.toMatchObject({ error });
    await expect(cbb.runDue({ budgetMs: 1_000 })).rejects.toMatchObject({ error });
    expect(simulators['v1.1'].requests).toEqual([]);
    await cbb.close();
    const offline = await createCbbSyncOrThrow({ environment, offline: true });
    await expect(offline.ready()).rejects.toMatchObject({ error });
    await offline.close();
  });

  it('are compared with what the service says at the start', async () => {
    await bench.know('plan');
    const cbb = await createCbbSyncOrThrow({ environment: environmentOf('v1.1'), onEvent });
    const message = expect.stringMatching(/plan\/default, but the service proved v1\.1\/1000001/);
    const error = { kind: 'store_failed', cause: 'scope_differs', message };
    await expect(cbb.startWorker()).rejects.toMatchObject({ error });
    await cbb.close();
  });

  it('do not spare the comparison of the mapped fields at the start', async () => {
    await bench.know('v1.1');
    const mapping = mappingOf(['no_such']);
    const cbb = await createCbbSyncOrThrow({ environment: environmentOf('v1.1'), mapping, onEvent });
    await expect(cbb.startWorker()).rejects.toMatchObject({ kind: 'unknown_fields' });
    await cbb.close();
  });

  it('that another process stores meanwhile end the wait of one that knows none', async () => {
    const environment = environmentOf('plan', { CBB_API_URL: nowhere });
    const cbb = await createCbbSyncOrThrow({ environment, onEvent });
    const starting = cbb.startWorker();
    await expect.poll(() => told('service-awaited')).not.toEqual([]);
    await bench.know('plan');
    await starting;
    await cbb.close();
  });

  it('are those of a process that works offline', async () => {
    const offline = () =>
      createCbbSyncOrThrow({ environment: { DATABASE_URL: bench.database.url }, offline: true });
    const cbb = await offline();
    expect(await cbb.ready()).toMatchObject({ scopeFrom: 'assumption', scope: { contract: 'plan' } });
    await bench.know('v1.1');
    const scope = { contract: 'v1.1', account: '1000001' };
    expect(await cbb.ready()).toMatchObject({ scopeFrom: 'database', scope });
    await cbb.close();
  });
});
