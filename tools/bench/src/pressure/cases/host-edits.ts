import type pg from 'pg';
import { createRandom, type Random } from '../../bench/trace/random.ts';
import { atMost, type Check, exactly } from '../../host/checks.ts';
import { insertOrders } from '../../host/orders-table.ts';
import { waitUntilRest } from '../../host/wait-until-rest.ts';
import { drawOrders, phoneOf } from '../draw-orders.ts';
import { currentWaitMs, watchWaits } from '../instruments/longest-wait.ts';
import type { PressureCase, Size } from '../pressure-case.ts';
import { type Stage, withStage } from '../stage.ts';
import { until } from '../until.ts';

const phones = 8;
const ordersPerPhone = 60;
const editsOf: Readonly<Record<Size, number>> = { ci: 500, full: 10_000 };
const writers = 8;
const concurrency = 10;
const longestWaitMs = 1_000;
/** Between two looks at who waits, and a busy machine's delay in letting go. */
const toleranceMs: Readonly<Record<Size, number>> = { ci: 1_000, full: 200 };
const restMs = 60_000;

export interface HostEditsFound {
  readonly control: number;
  readonly victims: number;
  readonly longestWaitMs: number;
  /** Syncs that came back while a transaction of the host's held two other orders of their phone. */
  readonly returnedBesideOpenTransaction: number;
  readonly unfinished: number;
}

export function judgeHostEdits(found: HostEditsFound, size: Size): Check[] {
  return [
    atMost('host transactions that failed, those of the control', found.victims, found.control),
    exactly('syncs that ended beside an open host transaction', found.returnedBesideOpenTransaction, 1),
    atMost('ms that a statement of ours waited', found.longestWaitMs, longestWaitMs + toleranceMs[size]),
    exactly('orders unfinished at the end', found.unfinished, 0),
  ];
}

/** Transactions of 2 to 5 orders of one phone, in the order of their keys: among themselves they never deadlock. */
function drawTransactions(random: Random, byPhone: readonly string[][], edits: number): string[][] {
  const transactions: string[][] = [];
  for (let drawn = 0; drawn < edits; ) {
    const ofPhone = byPhone[random.integer(0, byPhone.length - 1)] ?? [];
    const ids = random.shuffle(ofPhone).slice(0, random.integer(2, 5)).sort();
    transactions.push(ids);
    drawn += ids.length;
  }
  return transactions;
}

async function edit(client: pg.PoolClient, ids: readonly string[]): Promise<boolean> {
  try {
    await client.query('BEGIN');
    for (const id of ids) {
      await client.query('UPDATE orders SET visa_quantity = visa_quantity % 9 + 1 WHERE order_id = $1', [id]);
    }
    await client.query('COMMIT');
    return true;
  } catch {
    await client.query('ROLLBACK');
    return false;
  }
}

/** How many transactions of the host's failed. */
async function makeEdits(pool: pg.Pool, transactions: readonly string[][]): Promise<number> {
  let victims = 0;
  let next = 0;
  async function write(): Promise<void> {
    const client = await pool.connect();
    try {
      for (let ids = transactions[next++]; ids !== undefined; ids = transactions[next++]) {
        if (!(await edit(client, ids))) victims += 1;
      }
    } finally {
      client.release();
    }
  }
  await Promise.all(Array.from({ length: writers }, write));
  return victims;
}

/** Whether a sync comes back although two finished orders of its phone are held by the host. */
async function syncBesideOpenTransaction({ host, sync }: Stage, ids: readonly string[]): Promise<boolean> {
  const [own = '', ...held] = ids.slice(0, 3);
  const client = await host.pool.connect();
  try {
    await host.pool.query('UPDATE orders SET visa_quantity = visa_quantity % 9 + 1 WHERE order_id = $1', [
      own,
    ]);
    await client.query('BEGIN');
    await client.query('UPDATE orders SET visa_quantity = visa_quantity % 9 + 1 WHERE order_id = ANY($1)', [
      held,
    ]);
    let ended = false;
    const syncing = sync.engine.sync(own).then(() => {
      ended = true;
    });
    // Either it ends, or it is seen waiting for longer than it may.
    await until(
      async () => ended || (await currentWaitMs(host.pool)) > longestWaitMs + toleranceMs.ci,
      restMs,
    );
    const returned = ended;
    await client.query('ROLLBACK');
    await syncing;
    return returned;
  } finally {
    client.release();
  }
}

async function measure(size: Size): Promise<HostEditsFound> {
  return withStage({ queue: 'function' }, async (stage) => {
    const { host, settings, sync } = stage;
    const { adapter } = sync.queue;
    const orders = drawOrders(0, phones * ordersPerPhone, (number) => phoneOf(number % phones));
    await insertOrders(host.pool, orders);
    const work = async () => {
      const started = await adapter.startWorker({ concurrency, sweepIntervalMs: 100 });
      if (started.isErr()) throw new Error(started.error.message);
    };
    await work();
    await waitUntilRest(host.pool, restMs);
    await adapter.stop({ graceMs: 10_000 }).unwrapOr(null);

    const byPhone = Array.from({ length: phones }, (_, phone) =>
      orders.flatMap(({ order_id }, number) => (number % phones === phone ? [order_id] : [])),
    );
    const transactions = drawTransactions(createRandom(1), byPhone, editsOf[size]);
    const control = await makeEdits(host.pool, transactions);
    await work();
    const stopWatching = await watchWaits(settings.databaseUrl);
    const victims = await makeEdits(host.pool, transactions);
    const longest = await stopWatching();
    const rest = await waitUntilRest(host.pool, restMs);
    await adapter.stop({ graceMs: 10_000 }).unwrapOr(null);
    return {
      control,
      victims,
      longestWaitMs: longest,
      returnedBesideOpenTransaction: (await syncBesideOpenTransaction(stage, byPhone[0] ?? [])) ? 1 : 0,
      unfinished: rest.kind === 'rest' ? 0 : rest.unfinished,
    };
  });
}

export const hostEdits: PressureCase = {
  name: 'host-edits',
  about: 'transactions of the host over several orders beside running syncs, and without them',
  run: async (size) => judgeHostEdits(await measure(size), size),
};
