import assert from 'node:assert/strict';
import { must, ofKind } from './expect-result.ts';
import { identity, idsOf, longMs, phoneA, phoneB, type StoreTest, type Workbench } from './workbench.ts';

/** Two orders of one phone, the newer of them held by the host. */
async function withHeld(bench: Workbench, held: string): Promise<() => Promise<void>> {
  await bench.order('A', phoneA, 1);
  await bench.order('B', phoneA, 2);
  for (const orderId of ['A', 'B']) await bench.settle(orderId, 'pending', phoneA);
  return bench.hold?.([held]) ?? assert.fail('the subject cannot hold rows');
}

export function lockedRowTests(test: StoreTest): void {
  test('an order that the host holds is not begun, settled or claimed, and loses nothing', async (bench) => {
    const end = await withHeld(bench, 'A');
    assert.deepEqual(await bench.begin('A', phoneA), { kind: 'locked' });
    assert.deepEqual(await bench.settle('A', 'skipped', phoneA), { kind: 'locked' });
    assert.equal((await bench.load('A')).status, 'pending');
    assert.deepEqual(await bench.due(), ['B']);
    assert.equal(await must(bench.store.arm('A')), true);
    await end();
    assert.deepEqual(await bench.due(), ['A', 'B']);
    assert.equal((await bench.acquire('A', phoneA)).crashes, 0);
  });

  test('an order that a crash left is not claimed while the host holds it', async (bench) => {
    await bench.order('A', phoneA);
    await bench.acquire('A', phoneA);
    const end = await (bench.hold?.(['A']) ?? assert.fail());
    assert.deepEqual(await bench.due({ leaseMs: -1_000 }), []);
    await end();
    assert.deepEqual(await bench.due({ leaseMs: -1_000 }), ['A']);
  });

  test('an order that stays with its phone is begun, whoever holds the others', async (bench) => {
    const end = await withHeld(bench, 'B');
    await bench.sync('A', phoneA);
    await bench.update('A', { client_name: 'Other name' });
    assert.equal((await bench.acquire('A', phoneA)).leftPhone, 'none');
    await end();
  });

  test('a row that is gone is not taken for one that is held', async (bench) => {
    const end = await withHeld(bench, 'A');
    const phone = identity(phoneA);
    const begun = await bench.store.begin({ orderId: 'gone', version: 1, phone, leaseMs: longMs, keys: [] });
    assert.equal(begun.isErr() && begun.error.kind, 'row_missing');
    await end();
  });

  test('keys of orders that the host holds are left out', async (bench) => {
    await bench.order('A', phoneA);
    await bench.order('B', phoneA);
    const end = await (bench.hold?.(['B']) ?? assert.fail());
    const keys = [{ orderId: 'B', version: 1, phoneKey: phoneA, bucket: 7 }];
    assert.deepEqual(idsOf((await bench.acquire('A', phoneA, longMs, keys)).snapshot), ['A']);
    await end();
    assert.equal((await bench.load('B')).phoneKey, null);
  });

  test('a completion leaves a held sibling as it was and finishes the others', async (bench) => {
    const end = await withHeld(bench, 'B');
    const held = await bench.acquire('A', phoneA);
    assert.deepEqual(idsOf(held.snapshot), ['B', 'A']);
    assert.deepEqual(await bench.complete(phoneA, held), { kind: 'completed', locked: ['B'] });
    await end();
    assert.deepEqual([(await bench.load('A')).status, (await bench.load('B')).status], ['synced', 'pending']);
    assert.deepEqual(await bench.due(), ['B']);
    const { snapshot } = await bench.acquire('B', phoneA);
    assert.equal(snapshot.ledger.unclean, false);
    assert.equal(snapshot.candidates[0]?.position, 'applied');
  });

  test('several held siblings are all left as they were', async (bench) => {
    for (const [minute, orderId] of ['A', 'B', 'C'].entries()) {
      await bench.order(orderId, phoneA, minute);
      await bench.settle(orderId, 'pending', phoneA);
    }
    const held = await bench.acquire('A', phoneA);
    const end = await (bench.hold?.(['B', 'C']) ?? assert.fail());
    const { locked } = ofKind(await bench.complete(phoneA, held), 'completed');
    assert.deepEqual([...locked].sort(), ['B', 'C']);
    await end();
    assert.equal((await bench.load('A')).status, 'synced');
    assert.deepEqual(await bench.due(), ['B', 'C']);
  });

  test('a completion whose own order is held keeps the ledger, and leaves no crash behind', async (bench) => {
    await bench.order('A', phoneA);
    const held = await bench.acquire('A', phoneA);
    const end = await (bench.hold?.(['A']) ?? assert.fail());
    assert.deepEqual(await bench.complete(phoneA, held), { kind: 'completed', locked: ['A'] });
    await end();
    assert.equal((await bench.load('A')).status, 'syncing');
    const again = await bench.acquire('A', phoneA);
    assert.equal(again.crashes, 0);
    assert.deepEqual(again.snapshot.ledger.hashes, { name: 'hash-1' });
    assert.equal(again.snapshot.ledger.unclean, false);
  });

  test('a release whose order is held frees the lease, and leaves no crash behind', async (bench) => {
    await bench.order('A', phoneA);
    await bench.order('B', phoneA);
    const { token } = await bench.acquire('A', phoneA);
    const end = await (bench.hold?.(['A']) ?? assert.fail());
    const own = { orderId: 'A', reason: 'timeout', countsAttempt: true } as const;
    assert.deepEqual(await bench.release(phoneA, token, own), { kind: 'released', locked: true });
    // A holder in between that dies is no word about A.
    await bench.acquire('B', phoneA);
    await bench.endLease(phoneA);
    await end();
    const { status, attempts, reason } = await bench.load('A');
    assert.deepEqual({ status, attempts, reason }, { status: 'syncing', attempts: 0, reason: null });
    assert.equal((await bench.acquire('A', phoneA)).crashes, 0);
    await bench.endLease(phoneA);
    assert.equal((await bench.acquire('A', phoneA)).crashes, 1);
  });

  test('an order does not leave its phone while all that could repair it are held', async (bench) => {
    const end = await withHeld(bench, 'A');
    await bench.sync('B', phoneA);
    await bench.update('B', { client_phone: phoneB });
    assert.deepEqual(await bench.begin('B', phoneB), { kind: 'locked' });
    assert.deepEqual(await bench.settle('B', 'failed', null), { kind: 'locked' });
    assert.equal((await bench.load('B')).phoneKey, phoneA);
    await end();
    assert.equal((await bench.acquire('B', phoneB)).leftPhone, 'repair_armed');
  });

  test('a void goes to an order that is not held, and is said again where there is none', async (bench) => {
    await bench.order('A', phoneA, 1);
    await bench.order('B', phoneA, 2);
    await bench.settle('B', 'pending', phoneA);
    await bench.sync('A', phoneA);
    const endNewest = await (bench.hold?.(['B']) ?? assert.fail());
    assert.equal(await must(bench.store.voidLedger(identity(phoneA), 'B')), 'voided');
    assert.deepEqual(await bench.due(), ['A']);
    const endBoth = await (bench.hold?.(['A']) ?? assert.fail());
    assert.equal(await must(bench.store.voidLedger(identity(phoneA), 'B')), 'locked');
    await endBoth();
    await endNewest();
    assert.equal((await bench.peek('A', phoneA)).ledger.unclean, true);
  });

  test('a void by an order of another phone is said again while all of the phone are held', async (bench) => {
    await bench.order('A', phoneA);
    await bench.sync('A', phoneA);
    await bench.order('other', phoneB);
    await bench.settle('other', 'pending', phoneB);
    await bench.order('skipped', '447700900198');
    await bench.settle('skipped', 'skipped', '447700900198');
    const end = await (bench.hold?.(['A']) ?? assert.fail());
    assert.equal(await must(bench.store.voidLedger(identity(phoneA), 'other')), 'locked');
    assert.equal(await must(bench.store.voidLedger(identity(phoneA), 'A')), 'locked');
    await end();
    const endSkipped = await (bench.hold?.(['skipped']) ?? assert.fail());
    assert.equal(await must(bench.store.voidLedger(identity('447700900198'), 'other')), 'voided');
    assert.equal(await must(bench.store.voidLedger(identity('447700900198'), 'skipped')), 'locked');
    await endSkipped();
    const endOther = await (bench.hold?.(['other']) ?? assert.fail());
    assert.equal(await must(bench.store.voidLedger(identity('447700900199'), 'other')), 'voided');
    await endOther();
  });

  test('a void by an order that is free is not said again, whoever holds the others', async (bench) => {
    const end = await withHeld(bench, 'B');
    assert.equal(await must(bench.store.voidLedger(identity(phoneA), 'A')), 'voided');
    await end();
  });

  test('an erasure begins whoever holds the newest order, finished or skipped', async (bench) => {
    const end = await withHeld(bench, 'B');
    ofKind(await must(bench.store.beginErase(identity(phoneA), longMs)), 'acquired');
    await end();
    await bench.order('skipped', phoneB);
    await bench.settle('skipped', 'skipped', phoneB);
    const endSkipped = await (bench.hold?.(['skipped']) ?? assert.fail());
    ofKind(await must(bench.store.beginErase(identity(phoneB), longMs)), 'acquired');
    await endSkipped();
  });

  test('an erasure waits for orders that are held, its lease kept', async (bench) => {
    const end = await withHeld(bench, 'A');
    const phone = identity(phoneA);
    const { token } = ofKind(await must(bench.store.beginErase(phone, longMs)), 'acquired');
    assert.equal(await must(bench.store.completeErase(phone, token)), 'locked');
    assert.equal(await must(bench.store.renew(phone, token, longMs)), 'held');
    await end();
    assert.equal(await must(bench.store.completeErase(phone, token)), 'completed');
    assert.equal((await bench.load('A')).phoneKey, null);
  });

  test('history that is held is not admitted', async (bench) => {
    await bench.history('H', phoneA);
    const end = await (bench.hold?.(['H']) ?? assert.fail());
    assert.equal(await must(bench.store.admit('H')), 'locked');
    await end();
    assert.equal((await bench.load('H')).status, 'history');
  });
}
