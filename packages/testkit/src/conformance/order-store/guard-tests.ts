import assert from 'node:assert/strict';
import { eventually, must, ofKind } from './expect-result.ts';
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

const phoneC = '447700900103';

/** `old` and `new` of one phone; the newer, applied there, then gets another phone. */
async function leaving(bench: Workbench): Promise<void> {
  for (const [orderId, minute] of [
    ['old', 1],
    ['new', 2],
  ] as const) {
    await bench.order(orderId, phoneA, minute);
    await bench.sync(orderId, phoneA);
  }
  await bench.update('new', { client_phone: phoneB });
}

/** Whatever is done for one phone or order leaves the others as they are. */
export function guardTests(test: StoreTest): void {
  test('a phone that is left is repaired by its own orders, and no other phone is marked', async (bench) => {
    await bench.order('elsewhere', phoneC, 9);
    await bench.sync('elsewhere', phoneC);
    await leaving(bench);
    assert.equal((await bench.acquire('new', phoneB)).leftPhone, 'repair_armed');
    assert.deepEqual(await bench.due(), ['old']);
    assert.equal((await bench.peek('elsewhere', phoneC)).ledger.repair, false);
    assert.equal((await bench.peek('old', phoneA)).ledger.repair, true);
  });

  test('the same where an order is settled without its phone', async (bench) => {
    await bench.order('elsewhere', phoneC, 9);
    await bench.sync('elsewhere', phoneC);
    await leaving(bench);
    await bench.settle('new', 'failed', null);
    assert.deepEqual(await bench.due(), ['old']);
    assert.equal((await bench.peek('elsewhere', phoneC)).ledger.repair, false);
    assert.equal((await bench.peek('old', phoneA)).ledger.repair, true);
  });

  test('an order that is settled with the phone that it has leaves nothing', async (bench) => {
    await bench.order('A', phoneA);
    await bench.sync('A', phoneA);
    await bench.update('A', { client_name: 'Other name' });
    assert.deepEqual(await bench.settle('A', 'failed', phoneA), { kind: 'settled', leftPhone: 'none' });
    assert.equal((await bench.peek('A', phoneA)).ledger.repair, false);
  });

  test('of orders with one rank the bytewise last repairs', async (bench) => {
    for (const orderId of ['Z', 'b']) {
      await bench.order(orderId, phoneA, 1);
      await bench.sync(orderId, phoneA);
    }
    await bench.order('new', phoneA, 2);
    await bench.sync('new', phoneA);
    await bench.update('new', { client_phone: phoneB });
    await bench.acquire('new', phoneB);
    assert.deepEqual(await bench.due(), ['b']);
  });

  test('of finished orders with one rank the bytewise last is a candidate', async (bench) => {
    for (const orderId of ['Z', 'b']) {
      await bench.order(orderId, phoneA, 1);
      await bench.sync(orderId, phoneA);
    }
    await bench.order('new', phoneA, 2);
    assert.deepEqual(idsOf(await bench.peek('new', phoneA)), ['new', 'b']);
    assert.deepEqual(idsOf((await bench.acquire('new', phoneA)).snapshot), ['new', 'b']);
  });

  test('of orders with one rank the bytewise later is newer than what was applied', async (bench) => {
    await bench.order('Z', phoneA, 1);
    await bench.sync('Z', phoneA);
    for (const orderId of ['b', 'A']) {
      await bench.order(orderId, phoneA, 1);
      await bench.settle(orderId, 'pending', phoneA);
    }
    const { candidates } = await bench.peek('b', phoneA);
    assert.deepEqual(
      candidates.map(({ orderId, position }) => [orderId, position]),
      [
        ['b', 'newer'],
        ['Z', 'applied'],
        ['A', 'older'],
      ],
    );
  });

  test('a repair is seen by a holder who knew nothing of the order that left', async (bench) => {
    for (const how of ['begun', 'settled'] as const) {
      for (const [minute, name] of ['first', 'second', 'third'].entries()) {
        await bench.order(`${how} ${name}`, phoneA, minute);
        if (name !== 'third') await bench.sync(`${how} ${name}`, phoneA);
      }
      const held = await bench.acquire(`${how} third`, phoneA);
      assert.ok(!idsOf(held.snapshot).includes(`${how} first`));
      await bench.update(`${how} first`, { client_phone: phoneB });
      if (how === 'begun') await bench.acquire(`${how} first`, phoneB);
      else await bench.settle(`${how} first`, 'failed', null);
      const { snapshot } = ofKind(await bench.complete(phoneA, held), 'again');
      ofKind(await bench.complete(phoneA, { token: held.token, snapshot }), 'completed');
    }
  });

  test('beside what is unfinished an unclean phone shows what was applied, and not all that is finished', async (bench) => {
    for (const [minute, orderId] of ['first', 'second', 'third'].entries()) {
      await bench.order(orderId, phoneA, minute);
      const held = await bench.acquire(orderId, phoneA);
      const change = { appliedOrderId: 'second', ledger: ledgerWrite({ unclean: true }) };
      ofKind(await bench.complete(phoneA, held, orderId === 'third' ? change : {}), 'completed');
    }
    await bench.order('own', phoneA, 5);
    const seen = await bench.peek('own', phoneA);
    assert.deepEqual([idsOf(seen), seen.ledger.unclean], [['own', 'third', 'second'], true]);
    assert.deepEqual(idsOf((await bench.acquire('own', phoneA)).snapshot), ['own', 'third', 'second']);
  });

  test('an order that waits for a new phone keeps the key of the one that it has to leave', async (bench) => {
    await leaving(bench);
    await bench.order('holder', phoneB);
    await bench.acquire('holder', phoneB);
    ofKind(await bench.begin('new', phoneB), 'busy');
    assert.equal((await bench.load('new')).phoneKey, phoneA);
  });

  test('a key that comes for the order itself is not taken', async (bench) => {
    await bench.order('A', phoneA);
    const key = { orderId: 'A', version: 1, phoneKey: phoneB, bucket: 1 };
    assert.deepEqual(idsOf((await bench.acquire('A', phoneA, longMs, [key])).snapshot), ['A']);
    assert.equal((await bench.load('A')).phoneKey, phoneA);
  });

  test('an order that a crash left is not handed out either where it is outside of the rollout', async (bench) => {
    await bench.order('A', phoneA);
    await bench.settle('A', 'pending', phoneA);
    await bench.acquire('A', phoneA);
    const left = { leaseMs: -1_000 };
    assert.deepEqual(await bench.due({ ...left, rolloutPercent: 7 }), []);
    assert.deepEqual(await bench.due({ ...left, rolloutPercent: 8 }), ['A']);
  });

  test('many that claim at once share what crashes left without overlap', async (bench) => {
    const ids = Array.from({ length: 20 }, (_, index) => `order-${index}`);
    for (const [index, orderId] of ids.entries()) {
      await bench.order(orderId, `4477009002${String(index).padStart(2, '0')}`);
      await bench.acquire(orderId, `4477009002${String(index).padStart(2, '0')}`);
    }
    const claim = () => bench.due({ limit: 5, leaseMs: -1_000, visibilityMs: longMs });
    const claimed = (await Promise.all(Array.from({ length: 8 }, claim))).flat();
    for (let round = 0; round < 4; round += 1) claimed.push(...(await claim()));
    assert.deepEqual(claimed.sort(), ids.sort());
  });

  test('an order that is settled with its phone unchanged keeps its bucket', async (bench) => {
    await bench.order('A', phoneA);
    await bench.settle('A', 'pending', phoneA);
    await bench.settle('A', 'failed', 'unchanged');
    await bench.update('A', { client_name: 'Other name' });
    assert.deepEqual(await bench.due({ rolloutPercent: 7 }), []);
    assert.deepEqual(await bench.due({ rolloutPercent: 8 }), ['A']);
  });

  test('a release writes the age of what was learnt, and of nothing else', async (bench) => {
    await bench.order('A', phoneA);
    const first = await bench.acquire('A', phoneA);
    await bench.release(phoneA, first.token, { orderId: 'A' }, { ledger: ledgerWrite({ verified: false }) });
    const second = await bench.acquire('A', phoneA);
    const { whatsApp, verifiedAgeMs } = second.snapshot.ledger;
    assert.deepEqual([whatsApp.ageMs, verifiedAgeMs], [null, null]);
    const learnt = ledgerWrite({ whatsApp: 'yes', verified: true });
    await bench.release(phoneA, second.token, { orderId: 'A' }, { ledger: learnt });
    const { ledger } = (await bench.acquire('A', phoneA)).snapshot;
    assert.ok(ledger.whatsApp.ageMs !== null && ledger.verifiedAgeMs !== null);
  });

  test('a refused writer makes the newest order of its own phone due, and no other', async (bench) => {
    for (const [orderId, phone, minute] of [
      ['own', phoneA, 1],
      ['Z', phoneA, 2],
      ['b', phoneA, 2],
      ['elsewhere', phoneC, 9],
    ] as const) {
      await bench.order(orderId, phone, minute);
      await bench.sync(orderId, phone);
    }
    await bench.order('skipped', phoneA, 5);
    await bench.settle('skipped', 'skipped', phoneA);
    await must(bench.store.voidLedger(identity(phoneA), 'own'));
    assert.deepEqual([...(await bench.due())].sort(), ['b', 'own']);
    assert.equal((await bench.peek('elsewhere', phoneC)).ledger.unclean, false);
    assert.equal((await bench.peek('own', phoneA)).ledger.unclean, true);
  });

  test('an erasure takes one phone, and no other', async (bench) => {
    for (const [orderId, phone] of [
      ['A', phoneA],
      ['B', phoneB],
    ] as const) {
      await bench.order(orderId, phone);
      await bench.sync(orderId, phone);
      await bench.order(`${orderId} skipped`, phone);
      await bench.settle(`${orderId} skipped`, 'skipped', phone);
    }
    const { token } = ofKind(await must(bench.store.beginErase(identity(phoneA), longMs)), 'acquired');
    await must(bench.store.completeErase(identity(phoneA), token));
    const left = await Promise.all(['A', 'A skipped', 'B', 'B skipped'].map(bench.load));
    assert.deepEqual(
      left.map(({ phoneKey, status, reason }) => [phoneKey, status, reason]),
      [
        [null, 'pending', null],
        [null, 'skipped', 'erased'],
        [phoneB, 'synced', null],
        [phoneB, 'skipped', 'why'],
      ],
    );
    const { ledger } = await bench.peek('B', phoneB);
    assert.deepEqual([ledger.contact, ledger.unclean], ['exists', false]);
    assert.equal((await bench.peek('A', phoneA)).ledger.contact, 'unknown');
  });

  test('an erasure whose lease ran out is not completed', async (bench) => {
    await bench.order('A', phoneA);
    await bench.sync('A', phoneA);
    const { token } = ofKind(await must(bench.store.beginErase(identity(phoneA), 1)), 'acquired');
    await bench.advance?.(1);
    await eventually('the lease runs out', async () => {
      const answer = await must(bench.store.renew(identity(phoneA), token, 1));
      return answer === 'lost';
    });
    assert.equal(await must(bench.store.completeErase(identity(phoneA), token)), 'lost');
    assert.equal((await bench.load('A')).phoneKey, phoneA);
  });
}
