import assert from 'node:assert/strict';
import { eventually, must, mustFail, ofKind } from './expect-result.ts';
import { identity, idsOf, ledgerWrite, phoneA, type StoreTest, shortMs, synced } from './workbench.ts';

export function completeTests(test: StoreTest): void {
  test('outcomes and ledger are kept, the lease is free, the ledger clean', async (bench) => {
    await bench.order('A', phoneA, 1);
    await bench.order('B', phoneA, 2);
    await bench.settle('B', 'pending', phoneA);
    const held = await bench.acquire('A', phoneA);
    const ledger = ledgerWrite({ whatsApp: 'yes' });
    const outcomes = [
      synced('B', 1, { status: 'no_whatsapp' }),
      synced('A', 1, { status: 'skipped', reason: 'why', contact: null }),
    ];
    ofKind(await bench.complete(phoneA, held, { ledger, outcomes }), 'completed');
    const [a, b] = [await bench.load('A'), await bench.load('B')];
    assert.deepEqual([a.status, a.reason, b.status, b.reason], ['skipped', 'why', 'no_whatsapp', null]);
    assert.deepEqual(await bench.due({ leaseMs: 0 }), []);
    const { ledger: after } = (await bench.acquire('A', phoneA)).snapshot;
    assert.deepEqual(after.hashes, { name: 'hash-1' });
    assert.deepEqual(after.identity, { name: 'hash-n' });
    assert.deepEqual([after.contact, after.unclean, after.repair], ['exists', false, false]);
    assert.equal(after.whatsApp.answer, 'yes');
    assert.ok((after.whatsApp.ageMs ?? -1) >= 0 && (after.verifiedAgeMs ?? -1) >= 0);
  });

  test('what was not learnt keeps its age', async (bench) => {
    await bench.order('A', phoneA);
    const first = await bench.acquire('A', phoneA);
    await bench.complete(phoneA, first, { ledger: ledgerWrite({ whatsApp: 'no', verified: false }) });
    const second = await bench.acquire('A', phoneA);
    assert.equal(second.snapshot.ledger.verifiedAgeMs, null);
    ofKind(await bench.complete(phoneA, second, { ledger: ledgerWrite({ unclean: true }) }), 'completed');
    const third = await bench.acquire('A', phoneA);
    const { whatsApp, unclean } = third.snapshot.ledger;
    assert.deepEqual([whatsApp.answer, unclean], ['no', true]);
    ofKind(await bench.complete(phoneA, third, { ledger: ledgerWrite({ verified: false }) }), 'completed');
    assert.notEqual((await bench.peek('A', phoneA)).ledger.verifiedAgeMs, null);
  });

  test('success clears attempts and reason', async (bench) => {
    await bench.order('A', phoneA);
    const { token } = await bench.acquire('A', phoneA);
    await bench.release(phoneA, token, { orderId: 'A', reason: 'timeout', countsAttempt: true });
    await bench.sync('A', phoneA);
    const { attempts, reason, status } = await bench.load('A');
    assert.deepEqual({ attempts, reason, status }, { attempts: 0, reason: null, status: 'synced' });
  });

  test('without an applied order the rank stays', async (bench) => {
    await bench.order('A', phoneA, 1);
    await bench.order('B', phoneA, 2);
    await bench.sync('A', phoneA);
    await bench.complete(phoneA, await bench.acquire('B', phoneA), { appliedOrderId: null });
    const { snapshot } = await bench.acquire('B', phoneA);
    assert.deepEqual(
      snapshot.candidates.map(({ position }) => position),
      ['newer', 'applied'],
    );
  });

  test('a change in the middle refuses it; nothing is written and the lease held', async (bench) => {
    await bench.order('A', phoneA);
    const held = await bench.acquire('A', phoneA);
    await bench.update('A', { client_name: 'Other name' });
    const { snapshot } = ofKind(await bench.complete(phoneA, held), 'again');
    const [own] = snapshot.candidates;
    assert.equal(own?.readable, true);
    assert.deepEqual([own?.version, own?.order.client_name], [2, 'Other name']);
    assert.equal(snapshot.ledger.contact, 'unknown');
    assert.equal((await bench.load('A')).status, 'pending');
    ofKind(await bench.begin('A', phoneA), 'busy');
    ofKind(await bench.complete(phoneA, { token: held.token, snapshot }), 'completed');
    assert.equal((await bench.load('A')).status, 'synced');
  });

  test('an order that joined the phone refuses it', async (bench) => {
    await bench.order('A', phoneA, 1);
    await bench.order('B', phoneA, 2);
    const held = await bench.acquire('A', phoneA);
    await bench.settle('B', 'pending', phoneA);
    const { snapshot } = ofKind(await bench.complete(phoneA, held), 'again');
    assert.deepEqual(idsOf(snapshot), ['B', 'A']);
    ofKind(await bench.complete(phoneA, { token: held.token, snapshot }), 'completed');
  });

  test('an order that finds the phone held joins it and refuses the completion once', async (bench) => {
    await bench.order('A', phoneA, 1);
    await bench.order('B', phoneA, 2);
    const held = await bench.acquire('A', phoneA);
    ofKind(await bench.begin('B', phoneA), 'busy');
    assert.equal((await bench.load('B')).phoneKey, phoneA);
    const { snapshot } = ofKind(await bench.complete(phoneA, held), 'again');
    assert.equal(snapshot.ledger.unclean, false);
    assert.deepEqual(idsOf(snapshot), ['B', 'A']);
    ofKind(await bench.complete(phoneA, { token: held.token, snapshot }), 'completed');
    assert.equal((await bench.load('B')).status, 'synced');
    assert.deepEqual(await bench.due(), []);
  });

  test('jobs of orders that the holder has seen do not refuse it', async (bench) => {
    await bench.order('A', phoneA, 1);
    await bench.order('B', phoneA, 2);
    await bench.settle('B', 'pending', phoneA);
    const held = await bench.acquire('A', phoneA);
    for (const orderId of ['A', 'B']) ofKind(await bench.begin(orderId, phoneA), 'busy');
    assert.deepEqual(await bench.complete(phoneA, held), { kind: 'completed', locked: [] });
    assert.equal((await bench.load('B')).status, 'synced');
  });

  test('an order that is settled meanwhile does not refuse it', async (bench) => {
    await bench.order('A', phoneA, 1);
    await bench.order('B', phoneA, 2);
    const held = await bench.acquire('A', phoneA);
    ofKind(await bench.settle('B', 'skipped', phoneA), 'settled');
    const outcomes = [synced('A', 1)];
    ofKind(await bench.complete(phoneA, held, { appliedOrderId: 'A', outcomes }), 'completed');
    assert.equal((await bench.load('B')).status, 'skipped');
  });

  test('an order that could not be read or mapped fails with its reason', async (bench) => {
    await bench.order('A', phoneA);
    const held = await bench.acquire('A', phoneA);
    const outcomes = [synced('A', 1, { status: 'failed', reason: 'row_invalid: x', contact: null })];
    ofKind(await bench.complete(phoneA, held, { appliedOrderId: null, outcomes }), 'completed');
    const { status, reason } = await bench.load('A');
    assert.deepEqual({ status, reason }, { status: 'failed', reason: 'row_invalid: x' });
    assert.deepEqual(await bench.due({ leaseMs: 0 }), []);
  });

  test('a stale writer voids the ledger: shown to the holder, and the newest order is due', async (bench) => {
    await bench.order('A', phoneA, 1);
    await bench.order('B', phoneA, 2);
    await bench.settle('B', 'pending', phoneA);
    const held = await bench.acquire('A', phoneA);
    await must(bench.store.voidLedger(identity(phoneA), 'A'));
    assert.deepEqual([...(await bench.due())].sort(), ['A', 'B']);
    const { snapshot } = ofKind(await bench.complete(phoneA, held), 'again');
    assert.equal(snapshot.ledger.unclean, true);
    ofKind(await bench.complete(phoneA, { token: held.token, snapshot }), 'completed');
    assert.equal((await bench.acquire('A', phoneA)).snapshot.ledger.unclean, false);
  });

  test('a void by the newest order makes the next one due too; one by no order is an error', async (bench) => {
    for (const [minute, orderId] of ['A', 'B'].entries()) {
      await bench.order(orderId, phoneA, minute);
      await bench.sync(orderId, phoneA);
    }
    await must(bench.store.voidLedger(identity(phoneA), 'B'));
    assert.deepEqual([...(await bench.due())].sort(), ['A', 'B']);
    await mustFail(bench.store.voidLedger(identity(phoneA), 'gone'), 'row_missing');
  });

  test('a voided ledger that nobody holds is unclean to the next, which finds the order due', async (bench) => {
    await bench.order('A', phoneA);
    await bench.sync('A', phoneA);
    await must(bench.store.voidLedger(identity(phoneA), 'A'));
    assert.deepEqual(await bench.due(), ['A']);
    assert.equal((await bench.peek('A', phoneA)).ledger.unclean, true);
    const held = await bench.acquire('A', phoneA);
    assert.equal(held.snapshot.ledger.unclean, true);
    ofKind(await bench.complete(phoneA, held), 'completed');
    assert.equal((await bench.peek('A', phoneA)).ledger.unclean, false);
  });

  test('with a token that no longer holds it is lost', async (bench) => {
    await bench.order('A', phoneA);
    const held = await bench.acquire('A', phoneA, shortMs);
    const wrong = { token: '00000000-0000-4000-8000-000000000000', snapshot: held.snapshot };
    ofKind(await bench.complete(phoneA, wrong), 'lost');
    await bench.advance?.(shortMs);
    const renew = () => must(bench.store.renew(identity(phoneA), held.token, 1));
    await eventually('the lease runs out', async () => (await renew()) === 'lost');
    ofKind(await bench.complete(phoneA, held), 'lost');
    assert.equal((await bench.load('A')).status, 'syncing');
  });
}
