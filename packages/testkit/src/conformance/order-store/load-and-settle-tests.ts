import assert from 'node:assert/strict';
import { must, mustFail, ofKind } from './expect-result.ts';
import { idsOf, longMs, phoneA, phoneB, type StoreTest } from './workbench.ts';

export function loadTests(test: StoreTest): void {
  test('an unknown order is null, not an error', async ({ store }) => {
    assert.equal(await must(store.load('unknown', 10)), null);
  });

  test('a new order is pending, due, and has nothing behind it', async (bench) => {
    await bench.order('A', phoneA);
    const { order, dueInMs, ...kept } = await bench.load('A');
    assert.equal(order.client_phone, phoneA);
    assert.ok(dueInMs !== null && dueInMs <= 0);
    assert.deepEqual(kept, {
      readable: true,
      orderId: 'A',
      version: 1,
      status: 'pending',
      attempts: 0,
      phoneKey: null,
      reason: null,
      failingForMs: null,
    });
    assert.deepEqual(await bench.due(), ['A']);
  });

  test('a row that does not parse has problems that name its column and no value', async (bench) => {
    await bench.order('A', phoneA);
    await bench.update('A', { client_name: 'unreadable' });
    const order = await bench.loadAny('A');
    if (order.readable) assert.fail('it could be read');
    assert.deepEqual([order.version, order.status], [2, 'pending']);
    assert.match(order.problems.join(), /client_name/);
    assert.doesNotMatch(order.problems.join(), /unreadable|447700/);
  });

  test('beside an order come other pending orders without a key, due or claimed, oldest due first', async (bench) => {
    for (const orderId of ['A', 'B', 'C', 'D', 'E']) await bench.order(orderId, phoneA);
    await bench.settle('B', 'pending', phoneA);
    await bench.settle('C', 'skipped', null);
    await bench.order('F', phoneA);
    await bench.update('F', { client_name: 'unreadable' });
    const ids = async (limit: number) => {
      const answer = await must(bench.store.load('A', limit));
      return answer?.unkeyed.map(({ orderId }) => orderId);
    };
    await must(
      bench.store.claimDue({ limit: 9, visibilityMs: longMs, leaseMs: longMs, rolloutPercent: 100 }),
    );
    assert.deepEqual(await ids(10), ['D', 'E']);
    assert.deepEqual(await ids(1), ['D']);
    assert.deepEqual(await ids(0), []);
    await bench.settle('A', 'pending', phoneA);
    assert.deepEqual(await ids(10), []);
  });

  test('nothing comes beside an order that waits for nothing', async (bench) => {
    for (const orderId of ['A', 'B']) await bench.order(orderId, phoneA);
    await bench.settle('A', 'failed', null);
    assert.deepEqual((await must(bench.store.load('A', 10)))?.unkeyed, []);
  });
}

export function settleTests(test: StoreTest): void {
  test('a skipped order keeps its reason and phone, and is not due', async (bench) => {
    await bench.order('A', phoneA);
    const answer = await bench.settle('A', 'skipped', phoneA, 'alerts_off');
    assert.deepEqual(answer, { kind: 'settled', leftPhone: 'none' });
    const { status, reason, phoneKey } = await bench.load('A');
    assert.deepEqual(
      { status, reason, phoneKey },
      { status: 'skipped', reason: 'alerts_off', phoneKey: phoneA },
    );
    assert.deepEqual(await bench.due(), []);
  });

  test('an order that failed without a phone has no key', async (bench) => {
    await bench.order('A', phoneA);
    await bench.settle('A', 'failed', null, 'invalid_phone');
    const { status, reason, phoneKey } = await bench.load('A');
    assert.deepEqual(
      { status, reason, phoneKey },
      { status: 'failed', reason: 'invalid_phone', phoneKey: null },
    );
    assert.deepEqual(await bench.due({ leaseMs: 0 }), []);
  });

  test('`pending` stores the phone alone: the order stays due', async (bench) => {
    await bench.order('A', phoneA);
    await bench.settle('A', 'pending', phoneA, 'ignored');
    const { status, reason, phoneKey } = await bench.load('A');
    assert.deepEqual({ status, reason, phoneKey }, { status: 'pending', reason: null, phoneKey: phoneA });
    assert.deepEqual(await bench.due(), ['A']);
  });

  test('`pending` leaves an order that is no longer pending as it is', async (bench) => {
    await bench.order('A', phoneA);
    await bench.settle('A', 'failed', null, 'why');
    await bench.settle('A', 'pending', phoneA, 'ignored');
    const { status, reason, phoneKey } = await bench.load('A');
    assert.deepEqual({ status, reason, phoneKey }, { status: 'failed', reason: 'why', phoneKey: phoneA });
    assert.deepEqual(await bench.due({ leaseMs: 0 }), []);
  });

  test('an order that changed since it was read is left as it is', async (bench) => {
    await bench.order('A', phoneA);
    const { version } = await bench.load('A');
    await bench.update('A', { client_name: 'Other name' });
    const settled = bench.store.settle({
      orderId: 'A',
      version,
      phone: null,
      status: 'failed',
      reason: 'why',
    });
    ofKind(await must(settled), 'changed');
    assert.equal((await bench.load('A')).status, 'pending');
  });

  test('an order that is gone is an error', async ({ store }) => {
    const input = { orderId: 'gone', version: 1, phone: null, status: 'skipped', reason: null } as const;
    await mustFail(store.settle(input), 'row_missing');
  });
}

export function changeTests(test: StoreTest): void {
  test('a change starts the order anew: version, attempts, reason, due time', async (bench) => {
    await bench.order('A', phoneA);
    const { token } = await bench.acquire('A', phoneA);
    await bench.release(phoneA, token, {
      orderId: 'A',
      dueInMs: longMs,
      reason: 'timeout',
      countsAttempt: true,
    });
    assert.deepEqual(await bench.due(), []);
    await bench.update('A', { client_name: 'Other name' });
    const { version, attempts, reason, status } = await bench.load('A');
    assert.deepEqual(
      { version, attempts, reason, status },
      { version: 2, attempts: 0, reason: null, status: 'pending' },
    );
    assert.deepEqual(await bench.due(), ['A']);
  });

  test('a change after the sync makes the order pending again', async (bench) => {
    await bench.order('A', phoneA);
    await bench.sync('A', phoneA);
    await bench.update('A', { client_phone: phoneB });
    const { version, status, phoneKey } = await bench.load('A');
    assert.deepEqual({ version, status, phoneKey }, { version: 2, status: 'pending', phoneKey: phoneA });
  });

  test('the same content again changes no synced order', async (bench) => {
    await bench.order('A', phoneA);
    const { order } = await bench.load('A');
    await bench.sync('A', phoneA);
    await bench.update('A', { client_name: order.client_name });
    const { version, status } = await bench.load('A');
    assert.deepEqual({ version, status }, { version: 1, status: 'synced' });
  });

  test('`arm` makes unfinished orders due and leaves the others', async (bench) => {
    await bench.order('A', phoneA);
    await bench.order('B', phoneB);
    const { token } = await bench.acquire('A', phoneA);
    await bench.release(phoneA, token, { orderId: 'A', dueInMs: longMs });
    await bench.sync('B', phoneB);
    assert.equal(await must(bench.store.arm('A')), true);
    assert.equal(await must(bench.store.arm('B')), true);
    assert.equal(await must(bench.store.arm('unknown')), false);
    assert.deepEqual(await bench.due(), ['A']);
    assert.equal((await bench.load('B')).status, 'synced');
    assert.equal((await bench.load('A')).version, 1);
  });

  test('`rearm` is a change', async (bench) => {
    await bench.order('A', phoneA);
    await bench.sync('A', phoneA);
    assert.equal(await must(bench.store.rearm('A')), true);
    assert.equal(await must(bench.store.rearm('unknown')), false);
    const { version, status } = await bench.load('A');
    assert.deepEqual({ version, status }, { version: 2, status: 'pending' });
    assert.deepEqual(await bench.due(), ['A']);
  });

  test('`peek` shows what a sync would see, and writes nothing', async (bench) => {
    await bench.order('A', phoneA, 1);
    await bench.order('B', phoneA, 2);
    await bench.sync('A', phoneA);
    const snapshot = await bench.peek('B', phoneA);
    assert.deepEqual(idsOf(snapshot), ['B', 'A']);
    assert.equal(snapshot.ledger.contact, 'exists');
    assert.equal((await bench.load('B')).phoneKey, null);
    const other = await bench.peek('B', phoneB);
    assert.deepEqual(idsOf(other), ['B']);
    assert.equal(other.ledger.contact, 'unknown');
    await mustFail(bench.store.peek('unknown', phoneA), 'row_missing');
  });
}
