import { startSimulatorServer } from '@visanet/cbb-testkit';
import { silentServer } from '@visanet/test-support';
import { describe, expect, it } from 'vitest';
import { mappingOf, nowhere, useHostBench } from '../../test/host-bench.ts';
import { createCbbSync } from '../create-cbb-sync.ts';
import { createCbbSyncOrThrow } from '../create-cbb-sync-or-throw.ts';
import { isCbbSyncException } from '../errors/host-exception.ts';
import { presetOf } from '../parts/preset.ts';

const bench = useHostBench();
const { simulators, events, onEvent, environmentOf } = bench;

describe('the service', () => {
  it.each(['plan', 'v1.1'] as const)(
    'is asked for its contract, and the mapping follows %s',
    async (contract) => {
      const environment = environmentOf(contract);
      const cbb = await createCbbSyncOrThrow({ environment, onEvent, rateLimit: false });
      const { scope, scopeFrom, mapping } = await cbb.ready();
      expect([scope.contract, scopeFrom]).toEqual([contract, 'service']);
      expect(mapping).toBe(presetOf(contract).mapping);
      await cbb.close();
    },
  );

  it('is waited for while nobody knows contract and account, and each wait is told', async () => {
    const away = await startSimulatorServer(simulators.plan);
    await away.close();
    const environment = environmentOf('plan', { CBB_API_URL: away.url });
    const cbb = await createCbbSyncOrThrow({ environment, onEvent });
    const starting = cbb.startWorker();
    await expect
      .poll(() => events)
      .toContainEqual(
        expect.objectContaining({ kind: 'service-awaited', remedy: 'check CBB_API_URL and the network' }),
      );
    const back = await startSimulatorServer(simulators.plan, { port: Number(new URL(away.url).port) });
    await starting;
    const orderId = await bench.database.insert();
    await cbb.enqueue(orderId);
    await expect.poll(() => bench.database.statusOf(orderId), { timeout: 20_000 }).toBe('synced');
    await cbb.close();
    await back.close();
  });

  it('is waited for no longer than until stop, close, or the signal of the caller', async () => {
    const away = environmentOf('plan', { CBB_API_URL: nowhere });
    const cbb = await createCbbSyncOrThrow({ environment: away, onEvent });
    const stopped = expect(cbb.startWorker()).rejects.toMatchObject({ kind: 'aborted' });
    await cbb.stop();
    await stopped;
    const signalled = cbb.startWorker({ signal: AbortSignal.abort() });
    await expect(signalled).rejects.toMatchObject({ kind: 'aborted' });
    const closed = expect(cbb.startWorker()).rejects.toMatchObject({ kind: 'aborted' });
    await cbb.close();
    await closed;
    await expect(cbb.startWorker()).rejects.toMatchObject({ kind: 'closed' });
  });

  it('may hang: a stop ends the wait all the same', async () => {
    const silent = await silentServer();
    const url = `http://127.0.0.1:${silent.port}/api`;
    const environment = environmentOf('plan', { CBB_API_URL: url, CBB_API_TIMEOUT: '60000' });
    const cbb = await createCbbSyncOrThrow({ environment, onEvent });
    const starting = cbb.startWorker({ signal: AbortSignal.timeout(300) });
    await expect(starting).rejects.toMatchObject({ kind: 'aborted' });
    await cbb.close();
    await silent.stop();
  });

  it('is asked a few times by whoever does not wait', async () => {
    const environment = environmentOf('plan', { CBB_API_URL: nowhere });
    const cbb = await createCbbSyncOrThrow({ environment, onEvent });
    const error = await cbb.ready({ tries: 2 }).catch((thrown: unknown) => thrown);
    expect(isCbbSyncException(error)).toBe(true);
    expect(error).toMatchObject({ kind: 'service_unavailable', error: { cause: 'network' } });
    expect(events.map(({ kind }) => kind)).toEqual(['service-awaited']);
    await cbb.close();
  });

  it('needs no answer for an order to be enqueued', async () => {
    const environment = environmentOf('plan', { CBB_API_URL: nowhere });
    const cbb = await createCbbSyncOrThrow({ environment, onEvent });
    const orderId = await bench.database.insert();
    expect(await cbb.enqueue(orderId)).toEqual({ kind: 'enqueued' });
    await cbb.close();
  });

  it.each([
    ['rejects the key', 'v1.1', { CBB_API_KEY: '1.wrong' }, 'key_rejected', 'CBB_API_KEY'],
    ['tells another account', 'v1.1', { CBB_ACCOUNT_ID: '7' }, 'key_rejected', '1000001'],
    ['tells no account', 'plan', { CBB_ACCOUNT_ID: '7' }, 'invalid_configuration', 'contract plan'],
  ] as const)('%s', async (_, contract, more, kind, words) => {
    const cbb = await createCbbSync({ environment: environmentOf(contract, more), onEvent });
    const started = await cbb._unsafeUnwrap().startWorker();
    expect(started._unsafeUnwrapErr()).toMatchObject({ kind, message: expect.stringContaining(words) });
    expect(simulators[contract].contacts.size).toBe(0);
    expect((await cbb._unsafeUnwrap().close()).isOk()).toBe(true);
  });

  it('lacks mapped fields: all are named at the start, before anything is written', async () => {
    const environment = environmentOf('v1.1');
    const cbb = await createCbbSyncOrThrow({
      environment,
      onEvent,
      mapping: mappingOf(['no_such', 'nor_this']),
    });
    const error = { kind: 'unknown_fields', fields: ['no_such', 'nor_this'] };
    await expect(cbb.startWorker()).rejects.toMatchObject({ error });
    await expect(cbb.ready()).rejects.toMatchObject({ error });
    await cbb.close();
  });

  it('may lack fields that the client makes', async () => {
    const cbb = await createCbbSyncOrThrow({
      environment: environmentOf('v1.1'),
      mapping: mappingOf(['no_such']),
      clientOptions: { createMissingFields: { no_such: 'text' } },
    });
    expect((await cbb.ready()).scope).toEqual({ contract: 'v1.1', account: '1000001' });
    await cbb.close();
  });
});
