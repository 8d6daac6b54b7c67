import type { WorkerEvent } from '@visanet/cbb-queue';
import type { SyncMode } from '@visanet/cbb-sync';
import { eventually } from './eventually.ts';
import { expectOk } from './expect-result.ts';
import type { QueueHarness, QueueSetup, QueueSuiteOptions } from './queue-suite.ts';
import { createScriptedEngine, type ScriptedEngine } from './scripted-engine.ts';

export interface Scenario extends ScriptedEngine, QueueHarness {
  readonly events: readonly WorkerEvent[];
  readonly queueName: string;
  start(): Promise<void>;
  enqueue(...orderIds: readonly string[]): Promise<void>;
  untilStarted(orderId: string, runs?: number): Promise<void>;
  untilEnded(orderId: string, runs?: number): Promise<void>;
  /** Returns when whatever waited in the queue has run: two orders queued one after the other came through. */
  settle(): Promise<void>;
  /** Another adapter on the same queue and engine, as in another process. */
  another(): Promise<QueueHarness>;
}

let count = 0;

/** Runs a test with an adapter on a queue of its own, and closes everything whatever happens. */
export async function withScenario(
  options: QueueSuiteOptions,
  body: (scenario: Scenario) => Promise<void>,
  variant: { readonly mode?: SyncMode; readonly rateLimit?: NonNullable<QueueSetup['rateLimit']> } = {},
): Promise<void> {
  const scripted = createScriptedEngine(variant.mode);
  const events: WorkerEvent[] = [];
  count += 1;
  const queueName = `suite-${Math.random().toString(36).slice(2, 10)}-${count}`;
  const setup: QueueSetup = {
    engine: scripted.engine,
    onEvent: (event) => void events.push(event),
    queueName,
    ...(variant.rateLimit === undefined ? {} : { rateLimit: variant.rateLimit }),
  };
  const harness = await options.create(setup);
  const others: QueueHarness[] = [];
  const endedRuns = (orderId: string) =>
    scripted.runsOf(orderId).filter(({ endedAtMs }) => endedAtMs !== null).length;

  const scenario: Scenario = {
    ...scripted,
    ...harness,
    events,
    queueName,
    async start() {
      expectOk(await harness.adapter.startWorker(workerOptions(options)));
    },
    async enqueue(...orderIds) {
      for (const orderId of orderIds) expectOk(await harness.adapter.enqueue(orderId));
    },
    untilStarted: (orderId, runs = 1) =>
      eventually(`run ${runs} of ${orderId} starts`, () => scripted.runsOf(orderId).length >= runs),
    untilEnded: (orderId, runs = 1) =>
      eventually(`run ${runs} of ${orderId} ends`, () => endedRuns(orderId) >= runs),
    async settle() {
      for (const step of ['first', 'second']) {
        const orderId = `settle-${step}-${scripted.runs.length}`;
        await scenario.enqueue(orderId);
        await scenario.untilEnded(orderId);
      }
    },
    async another() {
      const other = await options.create(setup);
      others.push(other);
      return other;
    },
  };
  try {
    await body(scenario);
  } finally {
    scripted.openAll();
    for (const each of [harness, ...others]) await each.close();
  }
}

export function workerOptions(options: QueueSuiteOptions) {
  return options.worker ?? { concurrency: 5, sweepIntervalMs: 0 };
}
