import { atMost, type Check, exactly } from '../../host/checks.ts';
import { insertOrders } from '../../host/orders-table.ts';
import { drawOrders, phoneOf } from '../draw-orders.ts';
import { copyJobs, loseJobs, queueDepth, withRedis } from '../instruments/queue-depth.ts';
import { redisCommands } from '../instruments/redis-commands.ts';
import { walBytes } from '../instruments/write-ahead-log.ts';
import type { PressureCase, Size } from '../pressure-case.ts';
import { type Stage, withStage } from '../stage.ts';

const phones = 1_000;
const chunk = 5_000;
const highestRatio = 1.5;
const sweepMs = 1_500;
const megabyte = 2 ** 20;

const sizes: Readonly<Record<Size, { readonly few: number; readonly many: number }>> = {
  ci: { few: 1_000, many: 5_000 },
  full: { few: 5_000, many: 100_000 },
};

/** What one sweep cost. */
export interface SweepCost {
  readonly walBytes: number;
  readonly ms: number;
  readonly redisCommands: number;
}

export interface BacklogFound {
  readonly few: SweepCost;
  readonly many: SweepCost;
  /** What waits in the queue two sweeps after jobs were lost. */
  readonly waiting: number;
}

export function judgeBacklog(queue: string, found: BacklogFound, size: Size): Check[] {
  const { few, many } = sizes[size];
  const title = (figure: string) => `${queue}, ${many} orders: ${figure}`;
  const flat = (small: number) => Math.floor((highestRatio * Math.max(1, small) * many) / few);
  return [
    atMost(
      title('bytes written ahead by a sweep'),
      found.many.walBytes,
      Math.round((megabyte * many) / 100_000),
    ),
    ...(queue === 'bullmq'
      ? [atMost(title('Redis commands of a sweep'), found.many.redisCommands, flat(found.few.redisCommands))]
      : []),
    exactly(title('jobs two sweeps after some were lost'), found.waiting, many),
    ...(size === 'full' ? [atMost(title('ms of a sweep'), found.many.ms, sweepMs)] : []),
  ];
}

/** Orders that all wait in the queue. */
async function enqueue(stage: Stage, from: number, count: number): Promise<void> {
  const { settings, host, sync } = stage;
  for (let done = 0; done < count; done += chunk) {
    const orders = drawOrders(from + done, Math.min(chunk, count - done), (number) =>
      phoneOf(number % phones),
    );
    await insertOrders(host.pool, orders);
    const ids = orders.map(({ order_id }) => order_id);
    // pg-boss takes them one by one: the first lot shows that, the rest are copies.
    if (settings.queue === 'pg-boss' && from > 0) {
      await copyJobs(stage, ids);
      continue;
    }
    const enqueued = await sync.queue.adapter.enqueueMany(ids);
    if (enqueued.isErr()) throw new Error(enqueued.error.message);
  }
}

async function sweep({ settings, host, sync }: Stage): Promise<SweepCost> {
  const commands = async () => (settings.redisUrl === null ? 0 : withRedis(settings.redisUrl, redisCommands));
  await host.pool.query('VACUUM ANALYZE');
  const before = { walBytes: await walBytes(host.pool), redisCommands: await commands() };
  const startedAt = performance.now();
  const swept = await sync.queue.adapter.sweep();
  if (swept.isErr()) throw new Error(swept.error.message);
  return {
    ms: Math.round(performance.now() - startedAt),
    walBytes: (await walBytes(host.pool)) - before.walBytes,
    redisCommands: (await commands()) - before.redisCommands,
  };
}

async function measure(queue: 'bullmq' | 'pg-boss', size: Size): Promise<BacklogFound> {
  const { few, many } = sizes[size];
  return withStage({ queue }, async (stage) => {
    await enqueue(stage, 0, few);
    const first = await sweep(stage);
    await enqueue(stage, few, many - few);
    const second = await sweep(stage);
    await loseJobs(stage);
    await sweep(stage);
    await sweep(stage);
    return { few: first, many: second, waiting: await queueDepth(stage) };
  });
}

export const backlog: PressureCase = {
  name: 'backlog',
  about: 'sweeps over orders that all wait in the queue, then over as many whose jobs are lost',
  async run(size) {
    const checks: Check[] = [];
    for (const queue of ['bullmq', 'pg-boss'] as const) {
      checks.push(...judgeBacklog(queue, await measure(queue, size), size));
    }
    return checks;
  },
};
