import assert from 'node:assert/strict';
import { must } from './expect-result.ts';
import {
  type Acquired,
  identity,
  longMs,
  phoneA,
  phoneB,
  type StoreTest,
  synced,
  type Workbench,
} from './workbench.ts';

async function beginAll(bench: Workbench, ids: readonly string[]): Promise<string[]> {
  const input = { version: 1, phone: identity(phoneA), leaseMs: longMs, keys: [] };
  const answers = await Promise.all(ids.map((orderId) => must(bench.store.begin({ ...input, orderId }))));
  return answers.map(({ kind }) => kind).sort();
}

async function complete(bench: Workbench, phoneKey: string, begun: Acquired): Promise<void> {
  let { snapshot } = begun;
  for (;;) {
    const here = snapshot.candidates.filter(
      (candidate) => candidate.readable && candidate.order.client_phone === phoneKey,
    );
    const answer = await bench.complete(
      phoneKey,
      { token: begun.token, snapshot },
      {
        appliedOrderId: here[0]?.orderId ?? null,
        outcomes: here.map(({ orderId, version }) => synced(orderId, version)),
      },
    );
    if (answer.kind !== 'again') return;
    snapshot = answer.snapshot;
  }
}

/** A worker as simple as can be; an order that finds its phone held is left to the end of the lease. */
async function work(bench: Workbench): Promise<void> {
  for (;;) {
    const due = await bench.due({ limit: 3 });
    if (due.length === 0) return;
    for (const orderId of due) {
      const { order, version } = await bench.load(orderId);
      const phone = identity(order.client_phone);
      const begun = await must(bench.store.begin({ orderId, version, phone, leaseMs: longMs, keys: [] }));
      if (begun.kind === 'acquired') await complete(bench, phone.phoneKey, begun);
    }
  }
}

/** What the ends of leases would do in time. */
async function finish(bench: Workbench, ids: readonly string[]): Promise<void> {
  for (const orderId of ids) await must(bench.store.arm(orderId));
  await work(bench);
}

export function concurrencyTests(test: StoreTest): void {
  test('of many that begin one phone at once, one gets it', async (bench) => {
    const ids = Array.from({ length: 12 }, (_, index) => `order-${index}`);
    for (const [index, orderId] of ids.entries()) await bench.order(orderId, phoneA, index);
    const kinds = await beginAll(bench, ids);
    assert.deepEqual(kinds, ['acquired', ...Array.from({ length: 11 }, () => 'busy')]);
  });

  test('of many that begin one order at once, one gets it', async (bench) => {
    await bench.order('A', phoneA);
    const kinds = await beginAll(bench, ['A', 'A', 'A', 'A', 'A', 'A']);
    // Where two come in the same moment, the one may find the row held by the statement of the other.
    const held = kinds.map((kind) => (kind === 'locked' ? 'busy' : kind));
    assert.deepEqual(held, ['acquired', 'busy', 'busy', 'busy', 'busy', 'busy']);
    const { version, status } = await bench.load('A');
    assert.deepEqual({ version, status }, { version: 1, status: 'syncing' });
  });

  test('orders of one phone that all begin at once end synced, the newest applied', async (bench) => {
    const ids = Array.from({ length: 10 }, (_, index) => `order-${index}`);
    for (const [index, orderId] of ids.entries()) await bench.order(orderId, phoneA, index);
    await Promise.all(Array.from({ length: 6 }, () => work(bench)));
    await finish(bench, ids);
    for (const orderId of ids) assert.equal((await bench.load(orderId)).status, 'synced');
    const { candidates } = await bench.peek('order-9', phoneA);
    assert.equal(candidates.find(({ position }) => position === 'applied')?.orderId, 'order-9');
  });

  test('edits that move orders between phones under load leave nothing unfinished', async (bench) => {
    const ids = Array.from({ length: 12 }, (_, index) => `order-${index}`);
    for (const [index, orderId] of ids.entries()) {
      await bench.order(orderId, index % 2 === 0 ? phoneA : phoneB, index);
    }
    const edits = async () => {
      for (const [index, orderId] of ids.entries()) {
        await bench.update(orderId, { client_phone: index % 3 === 0 ? phoneB : phoneA });
      }
    };
    await Promise.all([edits(), ...Array.from({ length: 5 }, () => work(bench))]);
    await finish(bench, ids);
    for (const [index, orderId] of ids.entries()) {
      const { status, phoneKey } = await bench.load(orderId);
      assert.deepEqual(
        { status, phoneKey },
        { status: 'synced', phoneKey: index % 3 === 0 ? phoneB : phoneA },
      );
    }
    for (const phoneKey of [phoneA, phoneB]) {
      assert.equal((await bench.peek('order-0', phoneKey)).ledger.unclean, false);
    }
  });
}
