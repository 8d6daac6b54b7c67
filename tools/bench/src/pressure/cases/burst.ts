import { countingClient } from '../../../../../packages/postgres/test-support/counting-client.ts';
import { floorOf, type Pricing } from '../../bench/trace/floor.ts';
import { atMost, type Check, exactly } from '../../host/checks.ts';
import type { Instruments } from '../../host/compose-sync.ts';
import { type HostOrder, insertOrders } from '../../host/orders-table.ts';
import { type QueueName, queueNames } from '../../host/queue-name.ts';
import { drawOrders, phoneOf } from '../draw-orders.ts';
import { queueDepth } from '../instruments/queue-depth.ts';
import type { PressureCase, Size } from '../pressure-case.ts';
import { withStage } from '../stage.ts';
import { until } from '../until.ts';

const phone = phoneOf(1);
const concurrency = 10;
const statementsPerOrder = 6;
const patienceMs = 60_000;

interface Burst {
  readonly queue: QueueName;
  readonly pricing: Pricing;
  readonly orders: number;
  /** Judged in the full size only. */
  readonly withinMs: number;
}

const small = { orders: 100, withinMs: 7_000 };
const large = { orders: 1_000, withinMs: 40_000 };
const pricings: readonly Pricing[] = ['plan', 'v1.1-fields', 'v1.1-upsert', 'v1.1-actions'];

function burstsOf(size: Size): readonly Burst[] {
  if (size === 'ci') {
    return [
      ...queueNames.map((queue) => ({ queue, pricing: 'plan', ...small }) as const),
      ...pricings.slice(1).map((pricing) => ({ queue: 'function', pricing, ...small }) as const),
    ];
  }
  return queueNames.flatMap((queue) => [
    ...pricings.map((pricing) => ({ queue, pricing, ...small })),
    { queue, pricing: 'plan', ...large },
  ]);
}

export interface BurstFound {
  readonly calls: number;
  readonly statements: number;
  readonly jobsLeft: number;
  readonly unfinished: number;
  readonly tookMs: number;
}

export function judgeBurst(burst: Burst, floor: number, found: BurstFound, size: Size): Check[] {
  const { queue, pricing, orders, withinMs } = burst;
  const title = (figure: string) => `${queue}, ${pricing}, ${orders} orders: ${figure}`;
  return [
    exactly(title('calls, the floor'), found.calls, floor),
    atMost(title('statements'), found.statements, statementsPerOrder * orders),
    exactly(title('jobs left'), found.jobsLeft, 0),
    exactly(title('orders unfinished'), found.unfinished, 0),
    ...(size === 'full' ? [atMost(title('ms'), found.tookMs, withinMs)] : []),
  ];
}

function floorFor(orders: readonly HostOrder[], pricing: Pricing): number {
  const customer = { number: 1, phone, spellings: [phone], hasWhatsApp: true } as const;
  const trace = orders.map((order) => ({ step: 0, kind: 'new', customer, order }) as const);
  return floorOf(trace, pricing).reduce((sum, { calls }) => sum + calls, 0);
}

async function measure({ queue, pricing }: Burst, orders: readonly HostOrder[]): Promise<BurstFound> {
  let statements: readonly string[] = [];
  const watch: NonNullable<Instruments['watch']> = (client) => {
    const counting = countingClient(client);
    statements = counting.statements;
    return counting;
  };
  return withStage({ queue, pricing, instruments: { watch } }, async (stage) => {
    const { host, service, sync } = stage;
    const { adapter } = sync.queue;
    await insertOrders(host.pool, orders);
    const startedAt = performance.now();
    await adapter.enqueueMany(orders.map(({ order_id }) => order_id)).unwrapOr(null);
    await adapter.startWorker({ concurrency }).unwrapOr(undefined);
    const unfinished = async () => {
      const { rows } = await host.pool.query(
        "SELECT count(*)::int AS left FROM orders WHERE cbb_sync_status IN ('pending', 'syncing')",
      );
      return Number(rows[0]?.left);
    };
    await until(async () => (await unfinished()) + (await queueDepth(stage)) === 0, patienceMs);
    const tookMs = Math.round(performance.now() - startedAt);
    // A job that runs yet would hide what it finds.
    await adapter.stop().unwrapOr(null);
    return {
      calls: (await service.takeRequests()).filter((requested) => requested !== null).length,
      statements: statements.length,
      jobsLeft: await queueDepth(stage),
      unfinished: await unfinished(),
      tookMs,
    };
  });
}

export const burst: PressureCase = {
  name: 'burst',
  about: 'many orders of one phone at once, all committed before the first job',
  async run(size) {
    const checks: Check[] = [];
    for (const each of burstsOf(size)) {
      const orders = drawOrders(0, each.orders, () => phone);
      const found = await measure(each, orders);
      checks.push(...judgeBurst(each, floorFor(orders, each.pricing), found, size));
    }
    return checks;
  },
};
