import assert from 'node:assert/strict';
import { ofKind } from './expect-result.ts';
import { phoneA, phoneB, type StoreTest, type Workbench } from './workbench.ts';

/** Two orders of one phone, both synced; the newer then moves to another phone. */
async function moved(bench: Workbench): Promise<void> {
  await bench.order('old', phoneA, 1);
  await bench.order('new', phoneA, 2);
  await bench.settle('old', 'pending', phoneA);
  await bench.sync('new', phoneA);
  await bench.update('new', { client_phone: phoneB });
}

export function phoneChangeTests(test: StoreTest): void {
  test('the phone that an order leaves gets its next-newest order again', async (bench) => {
    await moved(bench);
    const { leftPhone } = await bench.acquire('new', phoneB);
    assert.equal(leftPhone, 'repair_armed');
    assert.deepEqual(await bench.due(), ['old']);
    const held = await bench.acquire('old', phoneA);
    assert.equal(held.snapshot.ledger.repair, true);
    assert.deepEqual(
      held.snapshot.candidates.map(({ orderId, position }) => [orderId, position]),
      [['old', 'older']],
    );
    ofKind(await bench.complete(phoneA, held), 'completed');
    const { ledger, candidates } = await bench.peek('old', phoneA);
    assert.deepEqual([ledger.repair, candidates[0]?.position], [false, 'applied']);
  });

  test('a repair is marked until an order is applied', async (bench) => {
    await moved(bench);
    await bench.acquire('new', phoneB);
    const held = await bench.acquire('old', phoneA);
    ofKind(await bench.complete(phoneA, held, { appliedOrderId: null }), 'completed');
    assert.equal((await bench.peek('old', phoneA)).ledger.repair, true);
  });

  test('a release keeps the repair mark, whatever it applied', async (bench) => {
    await moved(bench);
    await bench.acquire('new', phoneB);
    const { token } = await bench.acquire('old', phoneA);
    await bench.release(phoneA, token, { orderId: 'old' }, { appliedOrderId: 'old' });
    assert.equal((await bench.peek('old', phoneA)).ledger.repair, true);
  });

  test('the holder of the phone that is left must look again', async (bench) => {
    await moved(bench);
    const held = await bench.acquire('old', phoneA);
    assert.equal((await bench.acquire('new', phoneB)).leftPhone, 'repair_armed');
    const { snapshot } = ofKind(await bench.complete(phoneA, held), 'again');
    assert.equal(snapshot.ledger.repair, true);
    assert.deepEqual(
      snapshot.candidates.map(({ orderId }) => orderId),
      ['old'],
    );
    ofKind(await bench.complete(phoneA, { token: held.token, snapshot }), 'completed');
    assert.equal((await bench.load('old')).status, 'synced');
  });

  test('a phone that loses its only order is orphaned; skipped orders do not count', async (bench) => {
    await bench.order('skipped', phoneA, 1);
    await bench.settle('skipped', 'skipped', phoneA);
    await bench.order('only', phoneA, 2);
    await bench.sync('only', phoneA);
    await bench.order('elsewhere', phoneB, 3);
    await bench.sync('elsewhere', phoneB);
    await bench.update('only', { client_phone: phoneB });
    assert.equal((await bench.acquire('only', phoneB)).leftPhone, 'orphaned');
    assert.deepEqual(await bench.due(), []);
  });

  test('a phone of which nothing is known is left without a trace', async (bench) => {
    await bench.order('A', phoneA);
    await bench.settle('A', 'pending', phoneA);
    await bench.update('A', { client_phone: phoneB });
    assert.equal((await bench.acquire('A', phoneB)).leftPhone, 'none');
  });

  test('an order that is settled without its phone leaves it too', async (bench) => {
    await moved(bench);
    assert.deepEqual(await bench.settle('new', 'failed', null), {
      kind: 'settled',
      leftPhone: 'repair_armed',
    });
    assert.deepEqual(await bench.due(), ['old']);
  });

  test('the newest order repairs that is neither skipped nor the one that leaves', async (bench) => {
    await bench.order('oldest', phoneA, 0);
    await bench.settle('oldest', 'pending', phoneA);
    await moved(bench);
    await bench.settle('old', 'skipped', phoneA);
    await bench.acquire('new', phoneB);
    assert.deepEqual(await bench.due(), ['oldest']);
    assert.equal((await bench.acquire('oldest', phoneA)).snapshot.ledger.repair, true);
  });
}
