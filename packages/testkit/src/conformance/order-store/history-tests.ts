import assert from 'node:assert/strict';
import { must, ofKind } from './expect-result.ts';
import { identity, idsOf, longMs, phoneA, phoneB, type StoreTest } from './workbench.ts';

export function historyTests(test: StoreTest): void {
  test('an order from before the sync is left alone, also when it is edited', async (bench) => {
    await bench.history('H', phoneA);
    await bench.order('A', phoneA, 1);
    const before = await bench.load('H');
    assert.deepEqual([before.status, before.phoneKey, before.dueInMs], ['history', null, null]);
    await bench.update('H', { client_name: 'Other name', client_phone: phoneB });
    assert.equal(await must(bench.store.arm('H')), true);
    assert.equal(await must(bench.store.rearm('H')), true);
    assert.equal((await bench.load('H')).status, 'history');
    assert.equal((await bench.load('H')).order.client_name, 'Other name');
    assert.deepEqual(await bench.due({ leaseMs: 0 }), ['A']);
    const loaded = await must(bench.store.load('A', 9));
    assert.deepEqual(loaded?.unkeyed, []);
    assert.deepEqual(idsOf((await bench.acquire('A', phoneA)).snapshot), ['A']);
  });

  test('an order that is older than its phone has history must not be written', async (bench) => {
    await bench.history('H', phoneA, 5);
    await bench.history('G', phoneA, 3);
    await bench.history('other', phoneB, 9);
    for (const [orderId, minute] of [
      ['B', 6],
      ['A', 4],
    ] as const) {
      await bench.order(orderId, phoneA, minute);
      await bench.settle(orderId, 'pending', phoneA);
    }
    const held = await bench.acquire('A', phoneA);
    const positions = held.snapshot.candidates.map(({ orderId, position }) => [orderId, position]);
    assert.deepEqual(positions, [
      ['B', 'newer'],
      ['A', 'older_than_history'],
    ]);
    ofKind(await bench.complete(phoneA, held), 'completed');
    // Also once a newer order was applied: a repair must not bring it back.
    const seen = await bench.peek('A', phoneA);
    assert.deepEqual(idsOf(seen), ['B', 'A']);
    assert.equal(seen.candidates.at(-1)?.position, 'older_than_history');
  });

  test('of the same rank the id decides, as among all orders', async (bench) => {
    await bench.history('M', phoneA, 5);
    await bench.order('A', phoneA, 5);
    await bench.order('Z', phoneA, 5);
    await bench.order('a', phoneA, 5);
    const positionOf = async (orderId: string) =>
      (await bench.peek(orderId, phoneA)).candidates.find((one) => one.orderId === orderId)?.position;
    assert.equal(await positionOf('A'), 'older_than_history');
    assert.equal(await positionOf('Z'), 'newer');
    assert.equal(await positionOf('a'), 'newer');
  });

  test('an order that is asked for is admitted: pending, due, and not older than itself', async (bench) => {
    await bench.history('H', phoneA, 5);
    assert.equal(await must(bench.store.admit('H')), 'admitted');
    assert.equal((await bench.load('H')).status, 'pending');
    assert.deepEqual(await bench.due(), ['H']);
    const held = await bench.acquire('H', phoneA);
    assert.deepEqual(
      held.snapshot.candidates.map(({ orderId, position }) => [orderId, position]),
      [['H', 'newer']],
    );
    ofKind(await bench.complete(phoneA, held), 'completed');
    assert.equal(await must(bench.store.admit('H')), 'admitted');
    assert.equal((await bench.load('H')).status, 'synced');
  });

  test('of several orders the one that is asked for is admitted', async (bench) => {
    await bench.history('H', phoneA, 5);
    await bench.history('G', phoneA, 3);
    assert.equal(await must(bench.store.admit('H')), 'admitted');
    assert.equal((await bench.load('G')).status, 'history');
  });

  test('an erasure forgets the rank of the phone, and no other', async (bench) => {
    await bench.history('H', phoneA, 5);
    await bench.history('other', phoneB, 5);
    const begun = ofKind(await must(bench.store.beginErase(identity(phoneA), longMs)), 'acquired');
    assert.equal(await must(bench.store.completeErase(identity(phoneA), begun.token)), 'completed');
    await must(bench.store.liftTombstone(identity(phoneA).tombstone));
    await bench.order('A', phoneA, 1);
    await bench.order('B', phoneB, 1);
    const [own] = (await bench.peek('A', phoneA)).candidates;
    const [foreign] = (await bench.peek('B', phoneB)).candidates;
    assert.deepEqual([own?.position, foreign?.position], ['newer', 'older_than_history']);
  });
}
