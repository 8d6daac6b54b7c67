import { describe, expect, it } from 'vitest';
import { useCommands } from '../../test/command-bench.ts';

const bench = useCommands({ migrated: true });

describe('retry-failed', () => {
  async function failedOrder(seed: number): Promise<string> {
    const orderId = await bench.host.insert({}, seed);
    bench.simulator.failNext({ kind: 'server_error' });
    // The service has been away for longer than an order waits.
    await bench.host.pool.query("UPDATE orders SET cbb_sync_failing_since = now() - interval '7 hours'");
    await bench.cbb(`sync-order --order-id=${orderId} --max-attempts=1`);
    expect(await bench.host.statusOf(orderId)).toBe('failed');
    return orderId;
  }

  it('makes failed orders due again, those of an age', async () => {
    const orderIds = [await failedOrder(1), await failedOrder(2), await failedOrder(3)];
    const dry = await bench.cbb('retry-failed --dry-run --json');
    expect(dry).toMatchObject({ code: 0, documents: [{ dryRun: true, failed: 3, leftOut: 0 }] });
    expect((await bench.cbb('retry-failed --older-than=1h --json')).documents).toEqual([
      { retried: 0, leftOut: 0 },
    ]);
    expect(await bench.host.statusOf(orderIds[0] ?? '')).toBe('failed');
    const retried = await bench.cbb('retry-failed', { CBB_SYNC_BATCH_SIZE: '2' }, true);
    expect(retried).toMatchObject({ code: 0, stdout: '3 failed orders are due again\n' });
    expect(retried.stderr).toContain('2 of 3');
    expect(retried.stderr).toContain('3 of 3');
    expect(await bench.host.statusOf(orderIds[0] ?? '')).toBe('pending');
    expect((await bench.cbb('sweep --json')).documents).toMatchObject([{ worked: 3, created: 3 }]);
  });

  it('are counted without key, queue and service, as they are shown', async () => {
    await failedOrder(1);
    const nothing = { CBB_API_KEY: '', CBB_API_URL: 'http://127.0.0.1:1/api' };
    const counted = await bench.cbb('retry-failed --dry-run --force --queue=bullmq --json', nothing);
    expect(counted).toMatchObject({ code: 0, documents: [{ dryRun: true, failed: 1 }] });
    expect(await bench.cbb('failures --json', nothing)).toMatchObject({ code: 0, documents: [{ total: 1 }] });
    expect(await bench.cbb('retry-failed --json', nothing)).toMatchObject({
      code: 0,
      documents: [{ retried: 1 }],
    });
    const forced = await bench.cbb('retry-failed --force', nothing);
    expect(forced).toMatchObject({ code: 2, stderr: expect.stringContaining('CBB_API_KEY must be set') });
  });

  it('makes them due at once, though their next try would be later', async () => {
    const orderId = await failedOrder(1);
    await bench.host.pool.query("UPDATE orders SET cbb_sync_due_at = now() + interval '1 day'");
    await bench.cbb('retry-failed');
    expect((await bench.cbb('sweep --json')).documents).toMatchObject([{ worked: 1, created: 1 }]);
    expect(await bench.host.statusOf(orderId)).toBe('synced');
  });

  it('writes all fields again where it is forced', async () => {
    const orderId = await bench.host.insert();
    await bench.cbb(`sync-order --order-id=${orderId}`);
    await bench.host.pool.query("UPDATE orders SET cbb_sync_status = 'failed' WHERE order_id = $1", [
      orderId,
    ]);
    await bench.cbb('retry-failed --force');
    bench.simulator.reset();
    expect((await bench.cbb('sweep --json')).documents).toMatchObject([{ worked: 1, unchanged: 0 }]);
    expect(bench.simulator.contacts.size).toBe(1);
  });
});
