import assert from 'node:assert/strict';
import { eventually, must } from './expect-result.ts';
import { identity, ledgerWrite, longMs, phoneA, type StoreTest, shortMs } from './workbench.ts';

export function releaseTests(test: StoreTest): void {
  test('a counted failure is pending until its time, with its reason; the lease is free', async (bench) => {
    await bench.order('A', phoneA);
    const { token } = await bench.acquire('A', phoneA);
    const own = { orderId: 'A', dueInMs: shortMs, reason: 'timeout', countsAttempt: true };
    assert.equal(await bench.release(phoneA, token, own), 'released');
    assert.deepEqual(await bench.due({ leaseMs: 0 }), []);
    const { status, reason, attempts } = await bench.load('A');
    assert.deepEqual({ status, reason, attempts }, { status: 'pending', reason: 'timeout', attempts: 1 });
    await bench.advance?.(shortMs);
    await eventually('the order is due', async () => (await bench.due()).includes('A'));
    assert.equal((await bench.acquire('A', phoneA)).crashes, 0);
  });

  test('a deferral costs no attempt', async (bench) => {
    await bench.order('A', phoneA);
    const { token } = await bench.acquire('A', phoneA);
    await bench.release(phoneA, token, { orderId: 'A', reason: 'rate_limited' });
    assert.equal((await bench.load('A')).attempts, 0);
    assert.deepEqual(await bench.due(), ['A']);
  });

  test('the last failure is final and not due', async (bench) => {
    await bench.order('A', phoneA);
    const { token } = await bench.acquire('A', phoneA);
    await bench.release(phoneA, token, {
      orderId: 'A',
      status: 'failed',
      reason: 'timeout',
      countsAttempt: true,
    });
    const { status, reason } = await bench.load('A');
    assert.deepEqual({ status, reason }, { status: 'failed', reason: 'timeout' });
    assert.deepEqual(await bench.due({ leaseMs: 0 }), []);
  });

  test('the holder leaves what it knows of the contact', async (bench) => {
    await bench.order('A', phoneA, 1);
    const { token } = await bench.acquire('A', phoneA);
    const ledger = ledgerWrite({ hashes: { name: 'partial' }, unclean: true });
    await bench.release(phoneA, token, { orderId: 'A' }, { ledger, appliedOrderId: 'A' });
    const { snapshot } = await bench.acquire('A', phoneA);
    assert.deepEqual(snapshot.ledger.hashes, { name: 'partial' });
    assert.equal(snapshot.ledger.unclean, true);
    assert.equal(snapshot.candidates[0]?.position, 'applied');
  });

  test('an order that changed meanwhile stays as the change left it', async (bench) => {
    await bench.order('A', phoneA);
    const { token } = await bench.acquire('A', phoneA);
    await bench.update('A', { client_name: 'Other name' });
    const own = {
      orderId: 'A',
      version: 1,
      status: 'failed',
      reason: 'timeout',
      countsAttempt: true,
    } as const;
    assert.equal(await bench.release(phoneA, token, own), 'released');
    const { status, reason, attempts } = await bench.load('A');
    assert.deepEqual({ status, reason, attempts }, { status: 'pending', reason: null, attempts: 0 });
    assert.deepEqual(await bench.due(), ['A']);
    await bench.acquire('A', phoneA);
  });

  test('what a stale writer voided stays void', async (bench) => {
    await bench.order('A', phoneA);
    const { token } = await bench.acquire('A', phoneA);
    await must(bench.store.voidLedger(identity(phoneA), 'A'));
    await bench.release(phoneA, token, { orderId: 'A' });
    assert.equal((await bench.acquire('A', phoneA)).snapshot.ledger.unclean, true);
  });

  test('with a token that no longer holds it is lost, and the order as it was', async (bench) => {
    await bench.order('A', phoneA);
    const { token } = await bench.acquire('A', phoneA);
    await bench.release(phoneA, token, { orderId: 'A', dueInMs: longMs });
    assert.equal(await bench.release(phoneA, token, { orderId: 'A', countsAttempt: true }), 'lost');
    assert.equal((await bench.load('A')).attempts, 0);
    assert.deepEqual(await bench.due(), []);
  });
}
