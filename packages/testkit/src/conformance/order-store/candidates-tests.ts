import assert from 'node:assert/strict';
import { must, ofKind } from './expect-result.ts';
import { identity, idsOf, phoneA, phoneB, type StoreTest, type Workbench } from './workbench.ts';

async function finishedOrders(bench: Workbench, count: number, from = 0): Promise<void> {
  for (let index = from; index < from + count; index += 1) {
    await bench.order(`order-${String(index).padStart(3, '0')}`, phoneA, index);
    await bench.sync(`order-${String(index).padStart(3, '0')}`, phoneA);
  }
}

/** Rows that one sync of a new order reads, where the store counts them. */
async function rowsOfOneSync(bench: Workbench, orderId: string): Promise<number> {
  await bench.order(orderId, phoneA, 900);
  const before = (await bench.rowsRead?.()) ?? 0;
  const held = await bench.acquire(orderId, phoneA);
  assert.equal(held.snapshot.candidates.length, 2);
  ofKind(await bench.complete(phoneA, held), 'completed');
  return ((await bench.rowsRead?.()) ?? 0) - before;
}

export function candidatesTests(test: StoreTest): void {
  test('are the unfinished orders, the newest finished one and the own', async (bench) => {
    await finishedOrders(bench, 3);
    for (const [orderId, minute] of [
      ['own', 10],
      ['waits', 11],
      ['failed', 12],
      ['skipped', 13],
      ['early', -1],
    ] as const) {
      await bench.order(orderId, phoneA, minute);
      await bench.settle(orderId, 'pending', phoneA);
    }
    await bench.settle('failed', 'failed', phoneA);
    await bench.settle('skipped', 'skipped', phoneA);
    const { snapshot } = await bench.acquire('own', phoneA);
    assert.deepEqual(idsOf(snapshot), ['failed', 'waits', 'own', 'order-002', 'early']);
    assert.deepEqual(idsOf(await bench.peek('skipped', phoneA)).includes('skipped'), true);
    assert.deepEqual(idsOf(await bench.peek('order-000', phoneA)).includes('order-000'), true);
    assert.deepEqual(idsOf(await bench.peek('own', phoneA)).includes('order-000'), false);
  });

  test('that cannot be read are among them, and say so by column', async (bench) => {
    await bench.order('A', phoneA, 1);
    await bench.order('B', phoneA, 2);
    await bench.sync('B', phoneA);
    await bench.update('B', { client_name: 'unreadable' });
    const { snapshot } = await bench.acquire('A', phoneA);
    const [newest] = snapshot.candidates;
    assert.deepEqual([newest?.orderId, newest?.readable], ['B', false]);
    if (newest?.readable === false) assert.match(newest.problems.join(), /client_name/);
  });

  test('do not grow with the orders that are finished', async (bench) => {
    await finishedOrders(bench, 10);
    const few = await rowsOfOneSync(bench, 'few');
    await finishedOrders(bench, 60, 10);
    assert.ok((await rowsOfOneSync(bench, 'many')) <= Math.max(1, few) * 1.5);
  });

  test('are ranked by what their rank was first, whatever the host writes later', async (bench) => {
    await bench.order('A', phoneA, 1);
    await bench.order('B', phoneA, 2);
    await bench.settle('B', 'pending', phoneA);
    await bench.update('A', { webhook_received_at: '2030-01-01T00:00:00.000Z' });
    assert.equal((await bench.load('A')).version, 1);
    const held = await bench.acquire('A', phoneA);
    assert.deepEqual(idsOf(held.snapshot), ['B', 'A']);
    await bench.complete(phoneA, held);
    await bench.update('B', { webhook_received_at: '2020-01-01T00:00:00.000Z', client_name: 'Other' });
    const again = await bench.acquire('B', phoneA);
    assert.deepEqual(
      again.snapshot.candidates.map(({ orderId, position }) => [orderId, position]),
      [
        ['B', 'applied'],
        ['A', 'older'],
      ],
    );
  });

  test('include what was applied, though not the newest, once a refused writer voids it', async (bench) => {
    await bench.order('applied', phoneA, 1);
    await bench.sync('applied', phoneA);
    await bench.order('newer', phoneA, 2);
    await bench.complete(phoneA, await bench.acquire('newer', phoneA), { appliedOrderId: 'applied' });
    await bench.order('waits', phoneA, 3);
    await bench.settle('waits', 'pending', phoneA);
    assert.deepEqual(idsOf(await bench.peek('waits', phoneA)), ['waits', 'newer']);
    await bench.order('refused', phoneB);
    assert.equal(await must(bench.store.voidLedger(identity(phoneA), 'refused')), 'voided');
    assert.deepEqual(idsOf(await bench.peek('waits', phoneA)), ['waits', 'newer', 'applied']);
  });
}
