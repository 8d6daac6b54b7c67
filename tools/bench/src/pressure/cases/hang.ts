import type { SyncReport } from '@visanet/cbb-sync';
import * as z from 'zod';
import { atMost, type Check, exactly } from '../../host/checks.ts';
import { insertOrders, updateOrder } from '../../host/orders-table.ts';
import { type QueueName, queueNames } from '../../host/queue-name.ts';
import { patientTiming, type Timing } from '../../host/sync-settings.ts';
import { waitUntilRest } from '../../host/wait-until-rest.ts';
import { drawOrders, phoneOf } from '../draw-orders.ts';
import { setFaults } from '../instruments/faults.ts';
import type { PressureCase, Size } from '../pressure-case.ts';
import { withStage } from '../stage.ts';
import { until } from '../until.ts';

const others = 20;
const patienceMs = 60_000;

/** The defaults of client and engine. */
const defaults: Timing = {
  ...patientTiming,
  requestTimeoutMs: 30_000,
  callDeadlineMs: 45_000,
  leaseMs: 60_000,
  backoffBaseMs: 5_000,
};
/** The same proportions, twenty times as fast. */
const fast: Timing = {
  ...defaults,
  requestTimeoutMs: 1_500,
  callDeadlineMs: 2_250,
  leaseMs: 3_000,
  backoffBaseMs: 250,
};

const rowSchema = z.tuple([z.object({ attempts: z.number(), reason: z.string().nullable() })]);

export interface HangFound {
  /** What the round of the contact that hangs came to; null: it did not end. */
  readonly report: Pick<SyncReport, 'outcome' | 'failure'> | null;
  readonly attempts: number;
  readonly othersSynced: number;
  readonly unfinished: number;
  readonly roundMs: number;
}

export function judgeHang(queue: QueueName, found: HangFound, size: Size): Check[] {
  const { report, attempts, othersSynced, unfinished, roundMs } = found;
  const title = (figure: string) => `${queue}: ${figure}`;
  return [
    exactly(title('rounds that ended as a timeout'), report?.failure === 'timeout' ? 1 : 0, 1),
    exactly(title('attempts counted after one round'), attempts, 1),
    exactly(title('other orders synced while it hangs, by the other slot'), othersSynced, others),
    exactly(title('orders unfinished once it answers again'), unfinished, 0),
    ...(size === 'full' ? [atMost(title('ms of the round, the lease'), roundMs, defaults.leaseMs)] : []),
  ];
}

async function measure(queue: QueueName, size: Size): Promise<HangFound> {
  const timing = size === 'ci' ? fast : defaults;
  const reports: SyncReport[] = [];
  const onWorkerEvent = (event: { kind: string; report?: SyncReport }) => {
    if (event.report !== undefined) reports.push(event.report);
  };
  return withStage({ queue, timing, onWorkerEvent }, async ({ host, service, sync }) => {
    const [known, ...rest] = drawOrders(0, others + 1, phoneOf);
    if (known === undefined) throw new Error('No order was drawn.');
    await insertOrders(host.pool, [known]);
    const first = await sync.engine.sync(known.order_id);
    if (first.isErr()) throw new Error(first.error.message);

    await setFaults(service, [{ fault: { kind: 'hang' }, probability: 1, target: { method: 'PATCH' } }]);
    await updateOrder(host.pool, { ...known, visa_quantity: known.visa_quantity + 1 });
    await insertOrders(host.pool, rest);
    const startedAt = performance.now();
    const roundOf = () => reports.find(({ orderId }) => orderId === known.order_id);
    const { adapter } = sync.queue;
    await adapter.enqueueMany([known, ...rest].map(({ order_id }) => order_id)).unwrapOr(null);
    await adapter.startWorker({ concurrency: 2, sweepIntervalMs: 500 }).unwrapOr(undefined);
    await until(() => roundOf() !== undefined, 2 * timing.leaseMs);
    const roundMs = Math.round(performance.now() - startedAt);
    const { rows } = await host.pool.query(
      'SELECT cbb_sync_attempts AS attempts, cbb_sync_error AS reason FROM orders WHERE order_id = $1',
      [known.order_id],
    );
    const othersSynced = () => reports.filter(({ outcome }) => outcome === 'created').length;
    // The short round of the small size proves nothing about a machine that is busy with other things.
    if (size === 'ci') await until(() => othersSynced() >= others, patienceMs);
    const synced = othersSynced();
    await setFaults(service, []);
    const end = await waitUntilRest(host.pool, 3 * timing.leaseMs);
    return {
      report: roundOf() ?? null,
      attempts: rowSchema.parse(rows)[0].attempts,
      othersSynced: synced,
      unfinished: end.kind === 'rest' ? 0 : end.unfinished,
      roundMs,
    };
  });
}

export const hang: PressureCase = {
  name: 'hang',
  about: 'a service that accepts and never answers updates',
  async run(size) {
    const checks: Check[] = [];
    for (const queue of queueNames) checks.push(...judgeHang(queue, await measure(queue, size), size));
    return checks;
  },
};
