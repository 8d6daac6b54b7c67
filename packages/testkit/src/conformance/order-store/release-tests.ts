import assert from 'node:assert/strict';
import { eventually, must, ofKind } from './expect-result.ts';
import { identity, ledgerWrite, longMs, phoneA, type StoreTest, shortMs } from './workbench.ts';

export function releaseTests(test: StoreTest): void {
  test('a counted failure is pending until its time, with its reason; the lease is free', async (bench) => {
    await bench.order('A', phoneA);
    const { token } = await bench.acquire('A', phoneA);
    const own = { orderId: 'A', dueInMs: shortMs, reason: 'timeout', countsAttempt: true };
    assert.deepEqual(await bench.release(phoneA, token, own), { kind: 'released', locked: false });
    assert.deepEqual(await bench.due({ leaseMs: 0 }), []);
    const { status, reason, attempts } = await bench.load('A');
    assert.deepEqual({ status, reason, attempts }, { status: 'pending', reason: 'timeout', attempts: 1 });
    await bench.advance?.(shortMs);
    await eventually('the order is due', async () => (await bench.due()).includes('A'));
    assert.equal((await bench.acquire('A', phoneA)).crashes, 0);
  });

  test('no mark of the ledger shortens the pause that was asked for', async (bench) => {
    await bench.order('A', phoneA, 1);
    await bench.order('B', phoneA, 2);
    const { token } = await bench.acquire('A', phoneA);
    ofKind(await bench.begin('B', phoneA), 'busy');
    await bench.release(phoneA, token, { orderId: 'A', dueInMs: longMs, reason: 'rate_limited' });
    assert.deepEqual(await bench.due(), ['B']);
    const { dueInMs } = await bench.load('A');
    assert.ok(dueInMs !== null && dueInMs > longMs / 2);
  });

  test('since when the service is away is kept from the first such failure on', async (bench) => {
    await bench.order('A', phoneA);
    const fail = async (failing: boolean) => {
      const { token } = await bench.acquire('A', phoneA);
      await bench.release(phoneA, token, { orderId: 'A', reason: 'x', countsAttempt: true, failing });
      return (await bench.load('A')).failingForMs;
    };
    assert.equal(await fail(false), null);
    assert.notEqual(await fail(true), null);
    await bench.advance?.(1);
    await eventually('the time runs on', async () => ((await fail(false)) ?? 0) > 0);
    await eventually('and is not set anew', async () => ((await fail(true)) ?? 0) > 0);
    await bench.sync('A', phoneA);
    assert.equal((await bench.load('A')).failingForMs, null);
    await fail(true);
    await bench.update('A', { client_name: 'Other name' });
    assert.equal((await bench.load('A')).failingForMs, null);
    await fail(true);
    await must(bench.store.rearm('A'));
    assert.equal((await bench.load('A')).failingForMs, null);
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
    assert.deepEqual(await bench.release(phoneA, token, own), { kind: 'released', locked: false });
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
    assert.deepEqual(await bench.release(phoneA, token, { orderId: 'A', countsAttempt: true }), {
      kind: 'lost',
    });
    assert.equal((await bench.load('A')).attempts, 0);
    assert.deepEqual(await bench.due(), []);
  });
}
