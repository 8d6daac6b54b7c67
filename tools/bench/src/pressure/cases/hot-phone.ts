import { atMost, type Check, exactly } from '../../host/checks.ts';
import { insertOrders } from '../../host/orders-table.ts';
import { drawOrders, phoneOf } from '../draw-orders.ts';
import { rowsRead } from '../instruments/rows-read.ts';
import { walBytes } from '../instruments/write-ahead-log.ts';
import type { PressureCase, Size } from '../pressure-case.ts';
import { type Stage, withStage } from '../stage.ts';

const few = 10;
const manyOf: Readonly<Record<Size, number>> = { ci: 1_000, full: 10_000 };
/** One sync settles that many at once. */
const together = 1_000;
const highestRatio = 1.5;
const prepareBudgetMs = 600_000;

export interface HotPhoneCost {
  readonly rows: number;
  readonly walBytes: number;
}

export function judgeHotPhone(quiet: HotPhoneCost, hot: HotPhoneCost, synced: number): Check[] {
  return [
    exactly('syncs measured that updated their contact', synced, 2),
    atMost('rows read by one sync', hot.rows, Math.floor(quiet.rows * highestRatio)),
    atMost('bytes written ahead by one sync', hot.walBytes, Math.floor(quiet.walBytes * highestRatio)),
  ];
}

async function finish({ host, sync }: Stage, from: number, count: number, phone: string): Promise<void> {
  for (let done = 0; done < count; done += together) {
    await insertOrders(
      host.pool,
      drawOrders(from + done, Math.min(together, count - done), () => phone),
    );
    const deadline = Date.now() + prepareBudgetMs;
    for (;;) {
      const due = await sync.engine.claimDue(together);
      if (due.isErr()) throw new Error(due.error.message);
      if (due.value.length === 0) break;
      for (const orderId of due.value) await sync.engine.sync(orderId).unwrapOr(null);
      if (Date.now() > deadline) throw new Error('The phone could not be prepared in time.');
    }
  }
}

/** The cost of one more order of the phone. */
async function measure(stage: Stage, number: number, phone: string) {
  const { host, sync } = stage;
  const [warm, order] = drawOrders(number, 2, () => phone);
  if (warm === undefined || order === undefined) throw new Error('No orders were drawn.');
  await insertOrders(host.pool, [warm]);
  await sync.engine.sync(warm.order_id).unwrapOr(null);
  await insertOrders(host.pool, [order]);
  const before = { rows: await rowsRead(sync.pool, host.pool), walBytes: await walBytes(host.pool) };
  const report = await sync.engine.sync(order.order_id).unwrapOr(null);
  const wal = await walBytes(host.pool);
  const cost = {
    rows: (await rowsRead(sync.pool, host.pool)) - before.rows,
    walBytes: wal - before.walBytes,
  };
  return { cost, updated: report?.outcome === 'updated' };
}

export const hotPhone: PressureCase = {
  name: 'hot-phone',
  about: 'one sync of a phone with many finished orders, beside one with ten',
  run: (size) =>
    withStage(
      { queue: 'function', instruments: { connections: 1, unkeyedLimit: together } },
      async (stage) => {
        const many = manyOf[size];
        await finish(stage, 0, few, phoneOf(1));
        await finish(stage, few, many, phoneOf(2));
        await stage.host.pool.query('VACUUM ANALYZE');
        // A table as small as this one is read as a whole, which says nothing of a large one.
        await stage.sync.pool.query('SET enable_seqscan = off');
        const quiet = await measure(stage, few + many, phoneOf(1));
        const hot = await measure(stage, few + many + 2, phoneOf(2));
        const updated = [quiet, hot].filter((measured) => measured.updated).length;
        return judgeHotPhone(quiet.cost, hot.cost, updated);
      },
    ),
};
