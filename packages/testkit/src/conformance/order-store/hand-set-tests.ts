import assert from 'node:assert/strict';
import { ofKind } from './expect-result.ts';
import { longMs, phoneA, type StoreTest, suiteOrder } from './workbench.ts';

export function handSetTests(test: StoreTest): void {
  test('an order that is set to pending by hand is due, at a new version, its attempts anew', async (bench) => {
    await bench.order('A', phoneA);
    const { token } = await bench.acquire('A', phoneA);
    await bench.release(phoneA, token, {
      orderId: 'A',
      status: 'failed',
      reason: 'timeout',
      countsAttempt: true,
      failing: true,
    });
    await bench.setPending('A');
    const { version, status, attempts, reason, failingForMs } = await bench.load('A');
    assert.deepEqual(
      { version, status, attempts, reason, failingForMs },
      { version: 2, status: 'pending', attempts: 0, reason: null, failingForMs: null },
    );
    assert.deepEqual(await bench.due(), ['A']);
  });

  test('one that was syncing keeps its crashes', async (bench) => {
    await bench.order('A', phoneA);
    for (let crash = 0; crash < 2; crash += 1) {
      await bench.acquire('A', phoneA);
      await bench.endLease(phoneA);
    }
    assert.equal((await bench.load('A')).status, 'syncing');
    await bench.setPending('A');
    assert.deepEqual(await bench.due(), ['A']);
    assert.equal((await bench.acquire('A', phoneA)).crashes, 1);
  });

  test('one of history is synced from then on', async (bench) => {
    await bench.history('H', phoneA);
    await bench.setPending('H');
    assert.deepEqual(await bench.due(), ['H']);
    ofKind(await bench.begin('H', phoneA), 'acquired');
  });

  test('one that waits already waits on', async (bench) => {
    await bench.order('A', phoneA);
    const { token } = await bench.acquire('A', phoneA);
    await bench.release(phoneA, token, { orderId: 'A', dueInMs: longMs, reason: 'timeout' });
    await bench.setPending('A');
    assert.equal((await bench.load('A')).version, 1);
    assert.deepEqual(await bench.due(), []);
  });

  test('a row that is inserted as pending is due', async (bench) => {
    await bench.insertPending(suiteOrder('A', phoneA, 0));
    assert.deepEqual(await bench.due(), ['A']);
    ofKind(await bench.begin('A', phoneA), 'acquired');
  });
}
