import assert from 'node:assert/strict';
import { eventually, must, ofKind } from './expect-result.ts';
import { identity, longMs, phoneA, phoneB, type StoreTest, shortMs, type Workbench } from './workbench.ts';

async function beginErase(bench: Workbench, leaseMs = longMs): Promise<string> {
  return ofKind(await must(bench.store.beginErase(identity(phoneA), leaseMs)), 'acquired').token;
}

/** Two synced orders, erased; the newer one was kept due for the case that the erasure breaks off. */
async function erased(bench: Workbench): Promise<void> {
  await bench.order('old', phoneA, 1);
  await bench.order('A', phoneA, 2);
  await bench.settle('old', 'pending', phoneA);
  await bench.sync('A', phoneA);
  const token = await beginErase(bench);
  assert.equal(await must(bench.store.completeErase(identity(phoneA), token)), 'completed');
}

export function eraseTests(test: StoreTest): void {
  test('an erasure leaves the tombstone alone: no ledger, orders without phone, finished ones skipped', async (bench) => {
    await erased(bench);
    const { status, reason, phoneKey } = await bench.load('old');
    assert.deepEqual({ status, reason, phoneKey }, { status: 'skipped', reason: 'erased', phoneKey: null });
    assert.equal((await bench.load('A')).phoneKey, null);
    assert.equal(await must(bench.store.isErased(identity(phoneA).tombstone)), true);
    assert.equal((await bench.peek('A', phoneA)).ledger.contact, 'unknown');
  });

  test('an unfinished order decides for itself: it may have another phone by now', async (bench) => {
    await erased(bench);
    assert.deepEqual(await bench.due({ leaseMs: 0 }), ['A']);
    assert.deepEqual(await bench.begin('A', phoneA), { kind: 'erased', incomplete: false });
    ofKind(await bench.begin('A', phoneB), 'acquired');
  });

  test('later orders of the phone are refused until a person lifts the tombstone', async (bench) => {
    await erased(bench);
    await bench.order('B', phoneA, 3);
    assert.deepEqual(await bench.begin('B', phoneA), { kind: 'erased', incomplete: false });
    assert.equal((await bench.load('B')).status, 'pending');
    const { tombstone } = identity(phoneA);
    assert.equal(await must(bench.store.liftTombstone(tombstone)), true);
    assert.equal(await must(bench.store.liftTombstone(tombstone)), false);
    assert.equal(await must(bench.store.isErased(tombstone)), false);
    ofKind(await bench.begin('B', phoneA), 'acquired');
  });

  test('an erasure that broke off is incomplete: an order is due at the end of its lease', async (bench) => {
    await bench.order('A', phoneA, 1);
    await bench.sync('A', phoneA);
    await beginErase(bench, shortMs);
    assert.deepEqual(await bench.due(), []);
    await bench.advance?.(shortMs);
    await eventually('A is due', async () => (await bench.due()).includes('A'));
    assert.deepEqual(await bench.begin('A', phoneA), { kind: 'erased', incomplete: true });
    const token = await beginErase(bench);
    assert.equal(await must(bench.store.completeErase(identity(phoneA), token)), 'completed');
    assert.deepEqual(await bench.begin('A', phoneA), { kind: 'erased', incomplete: false });
  });

  test('a sync that holds the phone is not disturbed', async (bench) => {
    await bench.order('A', phoneA);
    const held = await bench.acquire('A', phoneA);
    const answer = ofKind(await must(bench.store.beginErase(identity(phoneA), longMs)), 'busy');
    assert.ok(answer.retryAfterMs > 0 && answer.retryAfterMs <= longMs);
    assert.equal(await must(bench.store.isErased(identity(phoneA).tombstone)), false);
    ofKind(await bench.complete(phoneA, held), 'completed');
  });

  test('an erasure holds the phone; with another token it is lost', async (bench) => {
    const token = await beginErase(bench);
    ofKind(await must(bench.store.beginErase(identity(phoneA), longMs)), 'busy');
    const wrong = '00000000-0000-4000-8000-000000000000';
    assert.equal(await must(bench.store.completeErase(identity(phoneA), wrong)), 'lost');
    assert.equal(await must(bench.store.renew(identity(phoneA), token, longMs)), 'held');
    assert.equal(await must(bench.store.completeErase(identity(phoneA), token)), 'completed');
  });

  test('an erasure that breaks off is repeated by the newest order of its phone that is not skipped', async (bench) => {
    for (const orderId of ['Z', 'b']) {
      await bench.order(orderId, phoneA, 1);
      await bench.sync(orderId, phoneA);
    }
    await bench.order('skipped', phoneA, 2);
    await bench.settle('skipped', 'skipped', phoneA);
    for (const orderId of ['Y', 'c']) {
      await bench.order(orderId, phoneB, 1);
      await bench.settle(orderId, 'skipped', phoneB);
    }
    for (const phoneKey of [phoneA, phoneB, '447700900199']) {
      ofKind(await must(bench.store.beginErase(identity(phoneKey), shortMs)), 'acquired');
    }
    await bench.advance?.(shortMs);
    await eventually('both are due', async () => (await bench.due()).length >= 2);
    assert.deepEqual([...(await bench.due())].sort(), ['b', 'c']);
  });

  test('an erasure that broke off leaves the contact uncertain', async (bench) => {
    await bench.order('A', phoneA);
    await bench.sync('A', phoneA);
    await beginErase(bench);
    await bench.endLease(phoneA);
    await must(bench.store.liftTombstone(identity(phoneA).tombstone));
    assert.equal((await bench.acquire('A', phoneA)).snapshot.ledger.unclean, true);
  });

  test('what is erased again is incomplete until it ends', async (bench) => {
    await erased(bench);
    await beginErase(bench);
    assert.deepEqual(await bench.begin('A', phoneA), { kind: 'erased', incomplete: true });
  });

  test('what waits for its next try keeps its reason', async (bench) => {
    await bench.order('A', phoneA);
    const held = await bench.acquire('A', phoneA);
    await bench.release(phoneA, held.token, { orderId: 'A', reason: 'timeout', countsAttempt: true });
    const token = await beginErase(bench);
    assert.equal(await must(bench.store.completeErase(identity(phoneA), token)), 'completed');
    const { status, reason } = await bench.load('A');
    assert.deepEqual({ status, reason }, { status: 'pending', reason: 'timeout' });
  });

  test('erasures of two phones are complete and incomplete by themselves', async (bench) => {
    await erased(bench);
    const phone = identity(phoneB);
    const begun = ofKind(await must(bench.store.beginErase(phone, longMs)), 'acquired');
    assert.deepEqual(await bench.begin('A', phoneB), { kind: 'erased', incomplete: true });
    assert.deepEqual(await bench.begin('A', phoneA), { kind: 'erased', incomplete: false });
    await must(bench.store.voidLedger(identity(phoneA), 'A'));
    assert.equal(await must(bench.store.completeErase(phone, begun.token)), 'completed');
    assert.deepEqual(await bench.begin('A', phoneB), { kind: 'erased', incomplete: false });
    assert.deepEqual(await bench.begin('A', phoneA), { kind: 'erased', incomplete: true });
    await must(bench.store.liftTombstone(phone.tombstone));
    assert.equal(await must(bench.store.isErased(identity(phoneA).tombstone)), true);
    await must(bench.store.voidLedger(phone, 'A'));
    assert.equal(await must(bench.store.isErased(phone.tombstone)), false);
  });

  test('a stale writer makes the erasure incomplete again', async (bench) => {
    await erased(bench);
    await must(bench.store.voidLedger(identity(phoneA), 'A'));
    assert.ok((await bench.due()).includes('A'));
    assert.deepEqual(await bench.begin('A', phoneA), { kind: 'erased', incomplete: true });
  });
}
