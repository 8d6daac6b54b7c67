import assert from 'node:assert/strict';
import { must, ofKind } from './expect-result.ts';
import {
  identity,
  idsOf,
  ledgerWrite,
  phoneA,
  phoneB,
  type StoreTest,
  synced,
  type Workbench,
} from './workbench.ts';

/** Three finished orders of one phone, one of them applied; and `own`, newer, begun. */
async function held(bench: Workbench, mixed: boolean, appliedOrderId = 'second') {
  for (const [minute, orderId] of ['first', 'second', 'third'].entries()) {
    await bench.order(orderId, phoneA, minute);
    const begun = await bench.acquire(orderId, phoneA);
    const ledger = ledgerWrite(mixed ? { appliedHashes: { name: 'hash-1' } } : {});
    const change = orderId === 'third' ? { appliedOrderId, ledger } : {};
    ofKind(await bench.complete(phoneA, begun, change), 'completed');
  }
  await bench.order('own', phoneA, 5);
  return bench.acquire('own', phoneA);
}

/** A completion that is refused shows what a begin would show now. */
export function againTests(test: StoreTest): void {
  test('a refused completion shows what is unfinished, the newest finished order and the own', async (bench) => {
    const begun = await held(bench, false);
    await bench.update('own', { client_name: 'Other name' });
    const { snapshot } = ofKind(await bench.complete(phoneA, begun), 'again');
    assert.deepEqual(idsOf(snapshot), ['own', 'third']);
  });

  test('and the order that was applied, where the contact is half written', async (bench) => {
    const begun = await held(bench, true);
    await bench.update('own', { client_name: 'Other name' });
    const { snapshot } = ofKind(await bench.complete(phoneA, begun), 'again');
    assert.deepEqual(idsOf(snapshot), ['own', 'third', 'second']);
  });

  test('or void', async (bench) => {
    const begun = await held(bench, false, 'first');
    await must(bench.store.voidLedger(identity(phoneA), 'own'));
    // The void makes `third` due again: the newest that is finished is then `second`.
    assert.deepEqual(idsOf(await bench.peek('own', phoneA)), ['own', 'third', 'second', 'first']);
    const { snapshot } = ofKind(await bench.complete(phoneA, begun), 'again');
    assert.deepEqual(idsOf(snapshot), ['own', 'third', 'second', 'first']);
  });

  test('but none that left the phone, applied or own', async (bench) => {
    await bench.order('old', phoneA, 1);
    await bench.order('new', phoneA, 2);
    await bench.settle('old', 'pending', phoneA);
    await bench.sync('new', phoneA);
    await bench.update('new', { client_phone: phoneB });
    await bench.acquire('new', phoneB);
    const begun = await bench.acquire('old', phoneA);
    await must(bench.store.voidLedger(identity(phoneA), 'old'));
    const { snapshot } = ofKind(await bench.complete(phoneA, begun), 'again');
    assert.deepEqual(idsOf(snapshot), ['old']);
    await bench.update('old', { client_phone: phoneB });
    await bench.settle('old', 'pending', phoneB);
    const moved = { token: begun.token, snapshot };
    const none = ofKind(await bench.complete(phoneA, moved, { orderId: 'old' }), 'again');
    assert.deepEqual(idsOf(none.snapshot), []);
  });

  test('a completion that saw an order which is gone, or of another phone, is refused', async (bench) => {
    await bench.order('A', phoneA);
    await bench.order('B', phoneB);
    await bench.settle('B', 'pending', phoneB);
    const begun = await bench.acquire('A', phoneA);
    const own = { orderId: 'A', version: 1 };
    for (const orderId of ['gone', 'B']) {
      const seen = [own, { orderId, version: 1 }];
      ofKind(await bench.complete(phoneA, begun, { seen, outcomes: [synced('A', 1)] }), 'again');
    }
    ofKind(await bench.complete(phoneA, begun), 'completed');
  });

  test('a completion or a release ends the lease of its own phone, and no other', async (bench) => {
    await bench.order('A', phoneA);
    await bench.order('B', phoneB);
    const [a, b] = [await bench.acquire('A', phoneA), await bench.acquire('B', phoneB)];
    ofKind(await bench.complete(phoneA, a), 'completed');
    const again = await bench.acquire('A', phoneA);
    ofKind(await bench.release(phoneB, b.token, { orderId: 'B' }), 'released');
    ofKind(await bench.complete(phoneA, again), 'completed');
  });

  test('a completion that applies nothing asks for no repair, and keeps the rank', async (bench) => {
    await bench.order('A', phoneA, 2);
    await bench.sync('A', phoneA);
    await bench.order('B', phoneA, 3);
    ofKind(
      await bench.complete(phoneA, await bench.acquire('B', phoneA), { appliedOrderId: null }),
      'completed',
    );
    await bench.order('early', phoneA, 1);
    const { ledger, candidates } = await bench.peek('early', phoneA);
    assert.equal(ledger.repair, false);
    assert.equal(candidates.find(({ orderId }) => orderId === 'early')?.position, 'older');
  });
}
