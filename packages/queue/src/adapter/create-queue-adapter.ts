import { checkOptions, type SyncError } from '@visanet/cbb-sync';
import { err, ok, type Result, ResultAsync } from 'neverthrow';
import { haltsWorker } from '../errors/halting.ts';
import {
  alreadyStartedError,
  checkMode,
  checkOrderId,
  closedError,
  engineFailed,
} from '../errors/queue-errors.ts';
import { createJobRunner } from '../jobs/job-runner.ts';
import type { Halt } from '../port/job-verdict.ts';
import type {
  EnqueueResult,
  EnqueueSums,
  QueueAdapter,
  QueueError,
  StopOptions,
  StopResult,
  SweepResult,
  WorkerOptions,
} from '../port/queue-adapter.ts';
import type { DriverWorker, QueueDriver } from '../port/queue-driver.ts';
import { createRunningSweeps } from '../sweep/running-sweeps.ts';
import { sweepDueOrders } from '../sweep/sweep.ts';
import { endsWithin } from '../time/ends-within.ts';
import { onceDone } from '../time/once-done.ts';
import { repeatUntilStopped } from '../time/repeat-until-stopped.ts';
import { withTimeout } from '../time/with-timeout.ts';
import { type QueueAdapterSettings, stopRules, workerRules } from './queue-adapter-options.ts';

export interface QueueAdapterSetup<P extends object = never> extends QueueAdapterSettings {
  readonly driver: QueueDriver<P>;
}

/** A queue adapter whose enqueues take what their queue's driver takes. */
export interface DrivenQueueAdapter<P> extends QueueAdapter {
  enqueue(orderId: string, options?: P): ResultAsync<EnqueueResult, QueueError>;
  enqueueMany(orderIds: readonly string[], options?: P): ResultAsync<EnqueueSums, QueueError>;
}

const pauseMs = 5_000;
const sweepMs = 5_000;

type Phase = 'idle' | 'starting' | 'running' | 'halted' | 'closed';

/** Everything of an adapter that does not depend on its queue: checks, sweeps, and the worker's life. */
export function createQueueAdapter<P extends object = never>({
  engine,
  driver,
  sweepBatchSize,
  enqueueTimeoutMs,
  onEvent,
  toError,
}: QueueAdapterSetup<P>): DrivenQueueAdapter<P> {
  let phase: Phase = 'idle';
  const phaseIs = (...phases: readonly Phase[]) => phases.includes(phase);
  /** A long list may take long, but each step of it may not. */
  const inTime = async <T>(step: () => Promise<T>) => withTimeout(step(), enqueueTimeoutMs);
  const prepareOnce = onceDone(async () => driver.prepare?.());
  const prepare = () => inTime(prepareOnce);
  let stopWorker: ((graceMs: number) => Promise<StopResult>) | null = null;

  async function pushInBatches(orderIds: readonly string[], options?: P): Promise<EnqueueSums> {
    const distinct = [...new Set(orderIds)];
    const size = driver.pushBatchSize ?? distinct.length;
    let enqueued = 0;
    for (let from = 0; from < distinct.length; from += size) {
      await prepare();
      enqueued += await inTime(() => driver.push(distinct.slice(from, from + size), options));
    }
    return { enqueued, coalesced: orderIds.length - enqueued };
  }

  async function push(orderIds: readonly string[], options?: P): Promise<Result<EnqueueSums, QueueError>> {
    if (phase === 'closed') return err(closedError);
    for (const orderId of orderIds) {
      const checked = checkOrderId(orderId);
      if (checked.isErr()) return err(checked.error);
    }
    return ResultAsync.fromPromise(pushInBatches(orderIds, options), toError);
  }

  const enqueueMany = (orderIds: readonly string[], options?: P) => new ResultAsync(push(orderIds, options));

  const sweeps = createRunningSweeps();
  const missing =
    driver.missing === undefined
      ? null
      : (orderIds: readonly string[]) =>
          ResultAsync.fromPromise(
            prepare().then(() => inTime(async () => driver.missing?.(orderIds) ?? [])),
            toError,
          );

  async function sweep(): Promise<Result<SweepResult, QueueError>> {
    if (phase === 'closed') return err(closedError);
    const mode = checkMode(engine);
    if (mode.isErr()) return err(mode.error);
    return sweeps.run((signal) =>
      sweepDueOrders({ engine, enqueueMany, missing, batchSize: sweepBatchSize, signal }),
    );
  }

  async function sweepAndTell(halt: (reason: Halt) => void): Promise<void> {
    const result = await sweep();
    if (result.isOk()) return onEvent({ kind: 'sweep-finished', result: result.value });
    const { error } = result;
    // The host closed the adapter while a sweep was under way: that is no failure.
    if (error.kind === 'closed') return;
    onEvent({ kind: 'sweep-failed', error });
    if (error.kind === 'engine_failed' && haltsWorker({ kind: error.cause })) {
      halt({ reason: 'misconfigured', message: error.message });
    }
  }

  async function startWorker(options: WorkerOptions): Promise<Result<void, QueueError>> {
    if (phaseIs('closed')) return err(closedError);
    if (phaseIs('starting', 'running')) return err(alreadyStartedError);
    const mode = checkMode(engine);
    if (mode.isErr()) return err(mode.error);
    const stopHalted = stopWorker;
    stopWorker = null;
    phase = 'starting';
    await stopHalted?.(0);

    let worker: DriverWorker | null = null;
    let stopSweeping = async () => {};
    const runner = createJobRunner(engine, onEvent, (halt) => {
      if (phaseIs('running', 'starting')) phase = 'halted';
      void stopSweeping();
      void worker?.pause().catch(() => {});
      onEvent({ kind: 'worker-halted', ...halt });
    });
    function engineFailedBeside(error: SyncError): void {
      if (haltsWorker(error)) runner.halt({ reason: 'misconfigured', message: error.message });
      else onEvent({ kind: 'queue-errored', error: engineFailed(error) });
    }
    const started = await ResultAsync.fromPromise(
      prepare()
        .then(() => inTime(async () => driver.check?.()))
        .then(() =>
          driver.work({
            concurrency: options.concurrency ?? 10,
            runJob: runner.runJob,
            engineFailed: engineFailedBeside,
          }),
        ),
      toError,
    );
    if (started.isErr()) {
      if (phaseIs('starting')) phase = 'idle';
      return err(started.error);
    }
    const startedWorker = started.value;
    worker = startedWorker;
    if (phaseIs('idle', 'closed')) {
      // Stopped while it started.
      await runner.stop(startedWorker, 0);
      return ok(undefined);
    }
    stopWorker = async (graceMs) => {
      // A sweep holds claims that are either handed to the queue or given back.
      const swept = Promise.all([stopSweeping(), sweeps.stop(sweepMs)]);
      const result = await runner.stop(startedWorker, graceMs);
      await endsWithin(swept, sweepMs);
      return result;
    };
    if (phaseIs('halted')) {
      await endsWithin(startedWorker.pause(), pauseMs);
      return ok(undefined);
    }
    phase = 'running';
    const sweepIntervalMs = options.sweepIntervalMs ?? 30_000;
    if (sweepIntervalMs > 0)
      stopSweeping = repeatUntilStopped(() => sweepAndTell(runner.halt), sweepIntervalMs);
    return ok(undefined);
  }

  async function stop({ graceMs = 10_000 }: StopOptions): Promise<StopResult> {
    const stopping = stopWorker;
    stopWorker = null;
    if (phase !== 'closed') phase = 'idle';
    if (stopping !== null) return stopping(graceMs);
    await sweeps.stop(sweepMs);
    return { kind: 'drained' };
  }

  let closing: Promise<Result<StopResult, QueueError>> | null = null;
  async function close(options: StopOptions): Promise<Result<StopResult, QueueError>> {
    phase = 'closed';
    const stopped = await stop(options);
    const released = await ResultAsync.fromPromise(
      inTime(() => driver.release()),
      toError,
    );
    return released.map(() => stopped);
  }

  function checkPushOptions(method: string, options: P | undefined): void {
    if (driver.pushRules !== undefined) checkOptions(method, options ?? {}, driver.pushRules);
  }

  return {
    capabilities: driver.capabilities,
    enqueue(orderId, options) {
      checkPushOptions('enqueue', options);
      return enqueueMany([orderId], options).map(({ enqueued }) => ({
        kind: enqueued === 1 ? 'enqueued' : 'coalesced',
      }));
    },
    enqueueMany(orderIds, options) {
      checkPushOptions('enqueueMany', options);
      return enqueueMany(orderIds, options);
    },
    startWorker(options = {}) {
      checkOptions('startWorker', options, workerRules);
      return new ResultAsync(startWorker(options));
    },
    sweep: () => new ResultAsync(sweep()),
    stop(options = {}) {
      checkOptions('stop', options, stopRules);
      return new ResultAsync(stop(options).then((result) => ok(result)));
    },
    close(options = {}) {
      checkOptions('close', options, stopRules);
      closing ??= close(options);
      return new ResultAsync(closing);
    },
  };
}
