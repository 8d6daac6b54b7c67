import assert from 'node:assert/strict';
import { must, ofKind } from './expect-result.ts';
import {
  identity,
  idsOf,
  ledgerWrite,
  longMs,
  phoneA,
  phoneB,
  type StoreTest,
  type Workbench,
} from './workbench.ts';

/** An order whose write was left half done, after another was applied whole. */
async function halfWritten(bench: Workbench): Promise<void> {
  await bench.order('A', phoneA, 1);
  await bench.sync('A', phoneA);
  await bench.order('B', phoneA, 2);
  const { token } = await bench.acquire('B', phoneA);
  const ledger = ledgerWrite({ hashes: { name: 'half' }, appliedHashes: { name: 'hash-1' } });
  await bench.release(phoneA, token, { orderId: 'B', reason: 'partial_write' }, { ledger });
}

export function mixtureTests(test: StoreTest): void {
  test('what is half written is kept until an order is applied whole', async (bench) => {
    await halfWritten(bench);
    assert.deepEqual((await bench.peek('B', phoneA)).ledger.appliedHashes, { name: 'hash-1' });
    const held = await bench.acquire('B', phoneA);
    assert.deepEqual(held.snapshot.ledger.hashes, { name: 'half' });
    assert.deepEqual(held.snapshot.ledger.appliedHashes, { name: 'hash-1' });
    ofKind(await bench.complete(phoneA, held), 'completed');
    assert.equal((await bench.peek('B', phoneA)).ledger.appliedHashes, null);
  });

  test('an empty set of hashes is kept as one', async (bench) => {
    await bench.order('A', phoneA);
    const { token } = await bench.acquire('A', phoneA);
    await bench.release(phoneA, token, { orderId: 'A' }, { ledger: ledgerWrite({ appliedHashes: {} }) });
    assert.deepEqual((await bench.peek('A', phoneA)).ledger.appliedHashes, {});
  });

  test('its order is not settled: the contact needs work first', async (bench) => {
    await halfWritten(bench);
    for (const status of ['skipped', 'failed'] as const) {
      assert.deepEqual(await bench.settle('B', status, phoneA), { kind: 'unsettled' });
      assert.deepEqual(await bench.settle('B', status, 'unchanged'), { kind: 'unsettled' });
    }
    const { status, reason } = await bench.load('B');
    assert.deepEqual({ status, reason }, { status: 'pending', reason: 'partial_write' });
    ofKind(await bench.settle('B', 'pending', phoneA), 'settled');
    ofKind(await bench.settle('B', 'skipped', phoneB), 'settled');
  });

  test('nor is one whose phone has a void mark, a repair, or a holder, at work or vanished', async (bench) => {
    await bench.order('A', phoneA, 1);
    await bench.sync('A', phoneA);
    await must(bench.store.voidLedger(identity(phoneA), 'A'));
    ofKind(await bench.settle('A', 'skipped', phoneA), 'unsettled');

    await bench.sync('A', phoneA);
    await bench.acquire('A', phoneA);
    await bench.order('B', phoneA, 2);
    await bench.settle('B', 'pending', phoneA);
    // Its holder may leave the contact half written, with values of the order that is to end here.
    ofKind(await bench.settle('B', 'skipped', phoneA), 'unsettled');
    await bench.endLease(phoneA);
    ofKind(await bench.settle('B', 'skipped', phoneA), 'unsettled');
  });

  test('an order that stays with a phone under repair is not settled either', async (bench) => {
    await bench.order('old', phoneA, 1);
    await bench.order('new', phoneA, 2);
    await bench.settle('old', 'pending', phoneA);
    await bench.sync('new', phoneA);
    await bench.update('new', { client_phone: phoneB });
    await bench.acquire('new', phoneB);
    ofKind(await bench.settle('old', 'skipped', phoneA), 'unsettled');
  });

  test('a clean phone settles its orders', async (bench) => {
    await bench.order('A', phoneA, 1);
    await bench.sync('A', phoneA);
    await bench.order('B', phoneA, 2);
    await bench.settle('B', 'pending', phoneA);
    ofKind(await bench.settle('B', 'skipped', 'unchanged'), 'settled');
    const { status, phoneKey } = await bench.load('B');
    assert.deepEqual({ status, phoneKey }, { status: 'skipped', phoneKey: phoneA });
  });

  test('an order that was applied and left the phone is no candidate of it', async (bench) => {
    await bench.order('old', phoneA, 1);
    await bench.order('new', phoneA, 2);
    await bench.settle('old', 'pending', phoneA);
    await bench.sync('new', phoneA);
    await bench.update('new', { client_phone: phoneB });
    await bench.acquire('new', phoneB);
    await must(bench.store.voidLedger(identity(phoneA), 'old'));
    assert.deepEqual(idsOf(await bench.peek('old', phoneA)), ['old']);
    assert.deepEqual(idsOf((await bench.acquire('old', phoneA)).snapshot), ['old']);
  });

  test('the order that was applied is a candidate again, whatever became of it', async (bench) => {
    await halfWritten(bench);
    const held = await bench.acquire('B', phoneA);
    const outcomes = [{ orderId: 'A', version: 1, status: 'skipped', reason: 'why', contact: null }] as const;
    const ledger = ledgerWrite({ appliedHashes: { name: 'hash-1' } });
    ofKind(await bench.complete(phoneA, held, { appliedOrderId: null, ledger, outcomes }), 'completed');
    assert.deepEqual(idsOf(await bench.peek('B', phoneA)), ['B', 'A']);
    const next = await bench.acquire('B', phoneA, longMs);
    assert.deepEqual(
      next.snapshot.candidates.map(({ orderId, position }) => [orderId, position]),
      [
        ['B', 'newer'],
        ['A', 'applied'],
      ],
    );
    ofKind(await bench.complete(phoneA, next, { appliedOrderId: null, outcomes: [] }), 'completed');
    assert.deepEqual(idsOf(await bench.peek('B', phoneA)), ['B']);
    const dying = await bench.acquire('B', phoneA);
    assert.deepEqual(idsOf(dying.snapshot), ['B']);
    await bench.endLease(phoneA);
    assert.deepEqual(idsOf((await bench.acquire('B', phoneA)).snapshot), ['B', 'A']);
  });
}
