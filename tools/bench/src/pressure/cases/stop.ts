import { setTimeout as delay } from 'node:timers/promises';
import { countingClient } from '../../../../../packages/postgres/test-support/counting-client.ts';
import { atMost, type Check, exactly } from '../../host/checks.ts';
import { insertOrders } from '../../host/orders-table.ts';
import { type QueueName, queueNames } from '../../host/queue-name.ts';
import { drawOrders, phoneOf } from '../draw-orders.ts';
import type { PressureCase, Size } from '../pressure-case.ts';
import { withStage } from '../stage.ts';
import { until } from '../until.ts';

const phones = 1_000;
const backlogOf: Readonly<Record<Size, number>> = { ci: 3_000, full: 20_000 };
/** Running orders end by themselves: what comes after the stop is a claim. */
const graceMs = 10_000;
const longestStopMs = 6_000;
const patienceMs = 30_000;
/** Long enough for a sweep that goes on to show itself. */
const quietMs = 1_000;

export interface StopFound {
  readonly stopped: boolean;
  readonly statementsAfter: number;
  readonly leftSyncing: number;
  readonly tookMs: number;
}

export function judgeStop(queue: QueueName, found: StopFound, size: Size): Check[] {
  const title = (figure: string) => `${queue}: ${figure}`;
  return [
    exactly(title('stops that resolved'), found.stopped ? 1 : 0, 1),
    exactly(title('statements after it resolved'), found.statementsAfter, 0),
    exactly(title('orders left syncing'), found.leftSyncing, 0),
    ...(size === 'full' ? [atMost(title('ms of the stop'), found.tookMs, longestStopMs)] : []),
  ];
}

async function measure(queue: QueueName, size: Size): Promise<StopFound> {
  let statements: readonly string[] = [];
  const instruments = {
    watch(client: Parameters<typeof countingClient>[0]) {
      const counting = countingClient(client);
      statements = counting.statements;
      return counting;
    },
  };
  return withStage({ queue, instruments }, async ({ host, sync }) => {
    await insertOrders(
      host.pool,
      drawOrders(0, backlogOf[size], (number) => phoneOf(number % phones)),
    );
    const { adapter } = sync.queue;
    const before = statements.length;
    const started = await adapter.startWorker({ concurrency: 2 });
    if (started.isErr()) throw new Error(started.error.message);
    // The first sweep has begun, and is far from its end.
    await until(() => statements.length > before + 2, patienceMs);
    const askedAt = performance.now();
    const stopped = await adapter.stop({ graceMs });
    const tookMs = Math.round(performance.now() - askedAt);
    const atStop = statements.length;
    await delay(quietMs);
    const { rows } = await host.pool.query(
      "SELECT count(*)::int AS left FROM orders WHERE cbb_sync_status = 'syncing'",
    );
    return {
      stopped: stopped.isOk(),
      statementsAfter: statements.length - atStop,
      leftSyncing: Number(rows[0]?.left),
      tookMs,
    };
  });
}

export const stop: PressureCase = {
  name: 'stop',
  about: 'a stop in the middle of a sweep over a large backlog',
  async run(size) {
    const checks: Check[] = [];
    for (const queue of queueNames) checks.push(...judgeStop(queue, await measure(queue, size), size));
    return checks;
  },
};
