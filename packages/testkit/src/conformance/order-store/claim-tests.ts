import assert from 'node:assert/strict';
import type { DuePage } from '@visanet/cbb-sync';
import { eventually, must } from './expect-result.ts';
import { identity, longMs, phoneA, phoneB, type StoreTest, shortMs } from './workbench.ts';

export function claimTests(test: StoreTest): void {
  test('oldest due first, up to the limit, each not again for its time', async (bench) => {
    for (const orderId of ['A', 'B', 'C']) {
      await bench.order(orderId, phoneA);
      await bench.advance?.(1);
    }
    const claim = (limit: number, visibilityMs: number) =>
      must(bench.store.claimDue({ limit, visibilityMs, leaseMs: longMs, rolloutPercent: 100 }));
    assert.deepEqual(await claim(2, longMs), ['A', 'B']);
    assert.deepEqual(await claim(2, longMs), ['C']);
    assert.deepEqual(await claim(2, longMs), []);
    await bench.order('D', phoneA);
    assert.deepEqual(await claim(2, shortMs), ['D']);
    await bench.advance?.(shortMs);
    await eventually('D is handed out again', async () => (await claim(2, longMs)).includes('D'));
  });

  test('a claim leaves the due time, and ends with a change, a sync or an arm', async (bench) => {
    for (const orderId of ['A', 'B', 'C', 'D']) await bench.order(orderId, orderId === 'D' ? phoneB : phoneA);
    const claim = { limit: 9, visibilityMs: longMs, leaseMs: longMs, rolloutPercent: 100 };
    await must(bench.store.claimDue(claim));
    for (const orderId of ['A', 'B', 'C', 'D']) {
      const { dueInMs } = await bench.load(orderId);
      assert.ok(dueInMs !== null && dueInMs <= 0);
    }
    assert.deepEqual(await must(bench.store.claimDue(claim)), []);
    await bench.update('A', { client_name: 'Other name' });
    await must(bench.store.arm('B'));
    const { token } = await bench.acquire('D', phoneB);
    await bench.release(phoneB, token, { orderId: 'D' });
    assert.deepEqual([...(await must(bench.store.claimDue(claim)))].sort(), ['A', 'B', 'D']);
  });

  test('all due orders are listed page by page, claimed or not, and none is taken', async (bench) => {
    for (const orderId of ['A', 'B', 'C', 'D', 'E', 'F']) {
      await bench.order(orderId, orderId === 'E' ? phoneB : phoneA);
    }
    await bench.settle('C', 'skipped', phoneA);
    await must(
      bench.store.settle({
        orderId: 'D',
        version: 1,
        phone: { phoneKey: phoneA, bucket: 60 },
        status: 'pending',
        reason: null,
      }),
    );
    await bench.acquire('E', phoneB);
    const rules = { leaseMs: longMs, rolloutPercent: 50 };
    await must(bench.store.claimDue({ ...rules, limit: 1, visibilityMs: longMs }));
    const list = async (leaseMs = longMs) => {
      const ids: string[] = [];
      let after: string | null = null;
      do {
        const page: DuePage = await must(bench.store.listDue({ ...rules, leaseMs, limit: 2, after }));
        assert.ok(page.orderIds.length <= 2);
        ids.push(...page.orderIds);
        after = page.next;
      } while (after !== null);
      return ids.sort();
    };
    assert.deepEqual(await list(), ['A', 'B', 'F']);
    assert.deepEqual(await list(), ['A', 'B', 'F']);
    await bench.advance?.(1);
    await eventually('E counts as left', async () => (await list(1)).includes('E'));
  });

  test('an order left by a crash is handed out when its attempt is older than the lease', async (bench) => {
    await bench.order('A', phoneA);
    await bench.acquire('A', phoneA, shortMs);
    assert.deepEqual(await bench.due({ leaseMs: longMs }), []);
    await bench.advance?.(shortMs);
    const claim = () =>
      must(bench.store.claimDue({ limit: 9, visibilityMs: longMs, leaseMs: shortMs, rolloutPercent: 100 }));
    await eventually('A is handed out', async () => (await claim()).includes('A'));
    assert.deepEqual(await claim(), []);
  });

  test('orders outside of the rollout are left alone; those without a bucket are handed out', async (bench) => {
    for (const orderId of ['A', 'B', 'C']) await bench.order(orderId, orderId === 'A' ? phoneA : phoneB);
    const settle = (orderId: string, bucket: number) =>
      must(
        bench.store.settle({
          orderId,
          version: 1,
          phone: { phoneKey: phoneA, bucket },
          status: 'pending',
          reason: null,
        }),
      );
    await settle('A', 10);
    await settle('B', 9);
    assert.deepEqual([...(await bench.due({ rolloutPercent: 10 }))].sort(), ['B', 'C']);
    assert.deepEqual([...(await bench.due({ rolloutPercent: 11 }))].sort(), ['A', 'B', 'C']);
    assert.deepEqual(await bench.due({ rolloutPercent: 0 }), ['C']);
  });

  test('the bucket of a begun order counts', async (bench) => {
    await bench.order('A', phoneA);
    const phone = identity(phoneA, 50);
    await must(bench.store.begin({ orderId: 'A', version: 1, phone, leaseMs: 1, keys: [] }));
    await bench.update('A', { client_name: 'Other name' });
    assert.deepEqual(await bench.due({ rolloutPercent: 50 }), []);
    assert.deepEqual(await bench.due({ rolloutPercent: 51 }), ['A']);
  });

  test('many that claim at once share the orders without overlap', async (bench) => {
    const ids = Array.from({ length: 40 }, (_, index) => `order-${index}`);
    for (const orderId of ids) await bench.order(orderId, phoneA);
    const claim = { limit: 5, visibilityMs: longMs, leaseMs: longMs, rolloutPercent: 100 };
    const claimed: string[] = [];
    for (let round = 0; round < 4; round += 1) {
      const answers = await Promise.all(Array.from({ length: 8 }, () => must(bench.store.claimDue(claim))));
      claimed.push(...answers.flat());
    }
    assert.deepEqual(claimed.sort(), ids.sort());
  });

  test('lists what is due page by page, each once, and takes none of it', async (bench) => {
    const ids = Array.from({ length: 7 }, (_, index) => `order ${index}`);
    for (const orderId of ids) await bench.order(orderId, phoneA);
    await bench.order('crashed', phoneA);
    await bench.acquire('crashed', phoneA, shortMs);
    await bench.order('left out', phoneB);
    const outside = { phoneKey: phoneB, bucket: 50 };
    const left = {
      orderId: 'left out',
      version: 1,
      phone: outside,
      status: 'pending',
      reason: null,
    } as const;
    await must(bench.store.settle(left));
    await bench.order('waits', phoneB);
    const { token } = await bench.acquire('waits', phoneB, longMs);
    await bench.release(phoneB, token, { orderId: 'waits', dueInMs: longMs });
    const rules = { limit: 3, leaseMs: shortMs, rolloutPercent: 50 };
    async function pages(): Promise<string[]> {
      const listed: string[] = [];
      let after: string | null = null;
      do {
        const page: DuePage = await must(bench.store.listDue({ ...rules, after }));
        assert.ok(page.orderIds.length <= rules.limit);
        listed.push(...page.orderIds);
        after = page.next;
      } while (after !== null);
      return listed.sort();
    }
    await bench.advance?.(shortMs);
    await eventually('the crashed order is due', async () => (await pages()).includes('crashed'));
    assert.deepEqual(await pages(), ['crashed', ...ids]);
    assert.deepEqual(await pages(), ['crashed', ...ids]);
    const whole = await must(bench.store.listDue({ ...rules, limit: 8, after: null }));
    const rest = await must(bench.store.listDue({ ...rules, limit: 8, after: whole.next }));
    assert.deepEqual([whole.orderIds.length, rest], [8, { orderIds: [], next: null }]);
  });
}
