import { err, ok, type Result, ResultAsync } from 'neverthrow';
import type { SyncEngine } from '../engine/sync-engine.ts';
import type {
  EnqueueResult,
  EnqueueSums,
  QueueAdapter,
  QueueError,
  StopOptions,
  StopResult,
  SweepResult,
  WorkerEvent,
  WorkerOptions,
} from '../ports/queue-adapter.ts';
import { checkOptions, stopOptionRules, workerOptionRules } from './check-options.ts';
import { endsWithin } from './ends-within.ts';
import { createJobRunner } from './job-runner.ts';
import type { DriverWorker, QueueDriver } from './queue-driver.ts';
import { alreadyStartedError, checkMode, checkOrderId, closedError } from './queue-errors.ts';
import { repeatUntilStopped } from './repeat-until-stopped.ts';
import { sweepDueOrders } from './sweep-due-orders.ts';

export interface QueueAdapterSetup<P = never> {
  readonly engine: SyncEngine;
  readonly driver: QueueDriver<P>;
  readonly sweepBatchSize: number;
  readonly onEvent: (event: WorkerEvent) => void;
}

/** A queue adapter whose enqueues take what their queue's driver takes. */
export interface DrivenQueueAdapter<P> extends QueueAdapter {
  enqueue(orderId: string, options?: P): ResultAsync<EnqueueResult, QueueError>;
  enqueueMany(orderIds: readonly string[], options?: P): ResultAsync<EnqueueSums, QueueError>;
}

const pauseMs = 5_000;

type Phase = 'idle' | 'starting' | 'running' | 'halted' | 'closed';

/** Everything of an adapter that does not depend on its queue: checks, sweeps, and the worker's life. */
export function createQueueAdapter<P = never>({
  engine,
  driver,
  sweepBatchSize,
  onEvent,
}: QueueAdapterSetup<P>): DrivenQueueAdapter<P> {
  let phase: Phase = 'idle';
  const phaseIs = (...phases: readonly Phase[]) => phases.includes(phase);
  let stopWorker: ((graceMs: number) => Promise<StopResult>) | null = null;

  function emit(event: WorkerEvent): void {
    try {
      onEvent(event);
    } catch {
      // A listener that throws must not change the fate of a job.
    }
  }

  async function push(orderIds: readonly string[], options?: P): Promise<Result<EnqueueSums, QueueError>> {
    if (phase === 'closed') return err(closedError);
    for (const orderId of orderIds) {
      const checked = checkOrderId(orderId);
      if (checked.isErr()) return err(checked.error);
    }
    if (orderIds.length === 0) return ok({ enqueued: 0, coalesced: 0 });
    return ResultAsync.fromPromise(driver.push(orderIds, options), driver.toError);
  }

  const enqueueMany = (orderIds: readonly string[], options?: P) => new ResultAsync(push(orderIds, options));

  async function sweep(): Promise<Result<SweepResult, QueueError>> {
    if (phase === 'closed') return err(closedError);
    const mode = checkMode(engine);
    return mode.isErr() ? err(mode.error) : sweepDueOrders(engine, enqueueMany, sweepBatchSize);
  }

  async function sweepAndTell(): Promise<void> {
    const result = await sweep();
    emit(
      result.isOk()
        ? { kind: 'sweep-finished', result: result.value }
        : { kind: 'sweep-failed', error: result.error },
    );
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
    let stopSweeping = () => {};
    const runner = createJobRunner(engine, emit, (reason) => {
      if (phaseIs('running', 'starting')) phase = 'halted';
      stopSweeping();
      void worker?.pause().catch(() => {});
      emit({ kind: 'worker-halted', reason });
    });
    const started = await ResultAsync.fromPromise(
      driver.work({ concurrency: options.concurrency ?? 10, runJob: runner.runJob }),
      driver.toError,
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
    stopWorker = (graceMs) => {
      stopSweeping();
      return runner.stop(startedWorker, graceMs);
    };
    if (phaseIs('halted')) {
      await endsWithin(startedWorker.pause(), pauseMs);
      return ok(undefined);
    }
    phase = 'running';
    const sweepIntervalMs = options.sweepIntervalMs ?? 30_000;
    if (sweepIntervalMs > 0) stopSweeping = repeatUntilStopped(sweepAndTell, sweepIntervalMs);
    return ok(undefined);
  }

  async function stop({ graceMs = 10_000 }: StopOptions): Promise<StopResult> {
    const stopping = stopWorker;
    stopWorker = null;
    if (phase !== 'closed') phase = 'idle';
    return stopping === null ? { kind: 'drained' } : stopping(graceMs);
  }

  let closing: Promise<Result<StopResult, QueueError>> | null = null;
  async function close(options: StopOptions): Promise<Result<StopResult, QueueError>> {
    phase = 'closed';
    const stopped = await stop(options);
    const released = await ResultAsync.fromPromise(driver.release(), driver.toError);
    return released.map(() => stopped);
  }

  return {
    capabilities: driver.capabilities,
    enqueue: (orderId, options) =>
      enqueueMany([orderId], options).map(({ enqueued }) => ({
        kind: enqueued === 1 ? 'enqueued' : 'coalesced',
      })),
    enqueueMany,
    startWorker(options = {}) {
      checkOptions('startWorker', options, workerOptionRules);
      return new ResultAsync(startWorker(options));
    },
    sweep: () => new ResultAsync(sweep()),
    stop(options = {}) {
      checkOptions('stop', options, stopOptionRules);
      return new ResultAsync(stop(options).then((result) => ok(result)));
    },
    close(options = {}) {
      checkOptions('close', options, stopOptionRules);
      closing ??= close(options);
      return new ResultAsync(closing);
    },
  };
}
