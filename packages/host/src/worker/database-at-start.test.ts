import { describe, expect, it, vi } from 'vitest';
import { closedDatabase } from '../../test/away.ts';
import { nowhere, useHostBench } from '../../test/host-bench.ts';
import { createCbbSyncOrThrow } from '../create-cbb-sync-or-throw.ts';

const bench = useHostBench();
const { events, onEvent, environmentOf } = bench;

const told = (kind: string) => events.filter((event) => event.kind === kind);

describe('a database that is away at the start', () => {
  it('is waited for by the worker, and refused to who does not wait', async () => {
    const door = await closedDatabase(bench.database.url);
    const environment = environmentOf('plan', { DATABASE_URL: door.url });
    const cbb = await createCbbSyncOrThrow({ environment, onEvent });
    const refused = { kind: 'store_failed', error: { cause: 'store_unavailable', retryable: true } };
    await expect(cbb.ready()).rejects.toMatchObject(refused);
    const orderId = await bench.database.insert();
    await expect(cbb.enqueue(orderId)).rejects.toMatchObject({ kind: 'engine_failed' });
    const starting = cbb.startWorker();
    await expect.poll(() => told('database-awaited')).not.toEqual([]);
    door.open();
    await starting;
    await expect.poll(() => bench.database.statusOf(orderId), { timeout: 20_000 }).toBe('synced');
    await cbb.close();
    await door.stop();
  });
});

describe('a database that cannot be worked with', () => {
  it.each([
    [
      'other columns',
      'ALTER TABLE orders RENAME product_country TO country',
      'ALTER TABLE orders RENAME country TO product_country',
      'store_misconfigured',
      /product_country/,
    ],
    [
      'other tables',
      'ALTER TABLE cbb_sync_scope RENAME TO scope',
      'ALTER TABLE scope RENAME TO cbb_sync_scope',
      'store_misconfigured',
      /cbb_sync_scope/,
    ],
    [
      'another name',
      "UPDATE cbb_sync_scope SET database_name = 'production'",
      'SELECT 1',
      'database_differs',
      /production.*cbb adopt.*cbb separate/,
    ],
  ])(
    'because of %s is refused at the start, asks no service and takes no order',
    async (_, change, back, cause, words) => {
      await bench.know('plan');
      const orderId = await bench.database.insert();
      await bench.database.pool.query(change);
      const environment = environmentOf('plan', { CBB_API_URL: nowhere });
      const cbb = await createCbbSyncOrThrow({ environment, onEvent });
      const error = { kind: 'store_failed', cause, retryable: false, message: expect.stringMatching(words) };
      await expect(cbb.startWorker()).rejects.toMatchObject({ error });
      await expect(cbb.ready()).rejects.toMatchObject({ error });
      await expect(cbb.runDue({ budgetMs: 1_000 })).rejects.toMatchObject({ error });
      expect(told('service-awaited')).toEqual([]);
      await bench.database.pool.query(back);
      expect(await bench.database.statusOf(orderId)).toBe('pending');
      await cbb.close();
    },
  );
});

describe('a standby that took over', () => {
  const takesOver = () => bench.database.pool.query('UPDATE cbb_sync_scope SET timeline = 0');

  it('before the start is told once', async () => {
    await bench.know('plan');
    await takesOver();
    const cbb = await createCbbSyncOrThrow({ environment: environmentOf('plan'), onEvent });
    await cbb.startWorker();
    await cbb.ready();
    const message = expect.stringContaining('last ten minutes is void');
    expect(told('failover-adopted')).toEqual([{ kind: 'failover-adopted', message }]);
    await cbb.close();
  });

  it('under a running sync is told once, at its next look', async () => {
    const cbb = await createCbbSyncOrThrow({ environment: environmentOf('plan'), onEvent });
    const { store } = await cbb.ready();
    await takesOver();
    const look = async () => (await store.load('any', 0)).isOk();
    expect([await look(), told('failover-adopted').length]).toEqual([true, 0]);
    const now = performance.now();
    const clock = vi.spyOn(performance, 'now').mockReturnValue(now + 61_000);
    expect([await look(), await look(), told('failover-adopted').length]).toEqual([true, true, 1]);
    clock.mockRestore();
    await cbb.close();
  });
});
