import type { Check } from '../host/checks.ts';
import { makeChanges } from '../host/make-changes.ts';
import { openScene } from '../host/open-scene.ts';
import type { QueueName } from '../host/queue-name.ts';
import { readViolations } from '../host/service-state.ts';
import { prepareWorker } from '../host/start-worker.ts';
import { patientTiming } from '../host/sync-settings.ts';
import { waitUntilRest } from '../host/wait-until-rest.ts';
import { drawOrders } from './draw-orders.ts';
import { judgeLoad, quantile } from './judge-load.ts';
import type { LoadOptions } from './load-options.ts';
import { sampleHeap } from './measure-heap.ts';
import { readLatencies, watchFirstSuccess } from './read-latencies.ts';
import { serviceLatency } from './service-latency.ts';

export interface LoadResult {
  readonly options: LoadOptions;
  readonly checks: readonly Check[];
  readonly facts: Readonly<Record<string, number>>;
}

const concurrency = 20;
/** Webhooks that the host takes at the same time. */
const lanes = 4;
/** The adapters' default; but the function adapter's queue is the store, and the sweep is how it hears of other processes. */
const sweepIntervalMs: Readonly<Record<QueueName, number>> = {
  bullmq: 30_000,
  'pg-boss': 30_000,
  function: 1_000,
};
const restMs = 60_000;
const megabyte = 2 ** 20;

/** Orders arrive at a steady rate at one worker; measures how soon they are synced and whether memory grows. */
export async function runLoad(options: LoadOptions, onProgress: (step: string) => void): Promise<LoadResult> {
  const { queue, contract, seed, orders, rate } = options;
  const scene = await openScene({
    queue,
    contract,
    seed,
    withoutWhatsApp: [],
    faults: serviceLatency(),
    timing: { ...patientTiming, sweepIntervalMs: sweepIntervalMs[queue] },
  });
  const { host, settings, service } = scene;
  await watchFirstSuccess(host.pool);
  const worker = await prepareWorker().start({ settings, concurrency });
  try {
    const durationMs = (orders / rate) * 1_000;
    onProgress(`${orders} orders in ${Math.round(durationMs / 1_000)} s`);
    const changes = drawOrders(orders, seed).map(
      (order) => ({ kind: 'insert', order, enqueue: true }) as const,
    );
    const startedAt = performance.now();
    const arrivals = makeChanges(host, changes, durationMs, lanes).then(() => performance.now() - startedAt);
    const heap = await sampleHeap(worker, arrivals);
    const arrivedMs = await arrivals;
    onProgress('waiting until nothing is due');
    await waitUntilRest(host.pool, restMs);
    await worker.stop();
    const finished = await readLatencies(host.pool);
    const violations = await readViolations(service);
    const rounded = (value: number) => Math.round(value * 100) / 100;
    return {
      options,
      checks: judgeLoad({ orders: finished, heap, violations }, orders),
      facts: {
        'orders per second': rounded(orders / (arrivedMs / 1_000)),
        'median seconds': rounded(quantile(finished, 0.5)),
        'seconds of 99 %': rounded(quantile(finished, 0.99)),
        'heap in MB at the end': rounded((heap.at(-1) ?? 0) / megabyte),
      },
    };
  } finally {
    await worker.kill();
    await scene.close();
  }
}
