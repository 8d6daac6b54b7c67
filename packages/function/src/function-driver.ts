import {
  type Clock,
  type EnqueueSums,
  engineFailed,
  type QueueDriver,
  type QueueError,
  type SyncEngine,
  type SyncError,
  type WorkerEvent,
} from '@visanet/cbb-sync';
import { ResultAsync } from 'neverthrow';
import { functionCapabilities } from './capabilities.ts';
import { type DueWorker, startDueWorker } from './due-worker.ts';
import { createWaitingOrders } from './waiting-orders.ts';

export interface FunctionDriver extends QueueDriver {
  /** The engine as sweeps see it: due orders go straight to the local worker, since the queue is the store itself. */
  readonly sweptEngine: SyncEngine;
}

/** Enqueues of a long list go to the store this many at a time. */
const batchSize = 50;

class ArmError extends Error {
  readonly reason: SyncError;
  constructor(reason: SyncError) {
    super(reason.kind);
    this.reason = reason;
  }
}

export function createFunctionDriver(
  engine: SyncEngine,
  clock: Clock,
  onEvent: (event: WorkerEvent) => void,
): FunctionDriver {
  let worker: DueWorker | null = null;
  const waiting = createWaitingOrders(clock, engine.leaseMs);
  /** Started by a sweep and not yet told to `push`. */
  const taken = new Set<string>();

  async function push(orderIds: readonly string[]): Promise<EnqueueSums> {
    const unique = [...new Set(orderIds)];
    const arriving = unique.filter((orderId) => !taken.delete(orderId));
    for (let from = 0; from < arriving.length; from += batchSize) {
      const batch = arriving.slice(from, from + batchSize).map((orderId) => engine.arm(orderId));
      const armed = await ResultAsync.combine(batch);
      if (armed.isErr()) throw new ArmError(armed.error);
    }
    const alreadyWaiting = arriving.filter((orderId) => !waiting.add(orderId)).length;
    if (arriving.length > 0) worker?.nudge(arriving);
    const enqueued = unique.length - alreadyWaiting;
    return { enqueued, coalesced: orderIds.length - enqueued };
  }

  /** Without a worker due orders are only counted: `push` makes them due again. */
  function takeDue(limit: number): ResultAsync<readonly string[], SyncError> {
    if (worker === null) return engine.claimDue(limit - 1);
    return new ResultAsync(worker.takeDue(limit)).map((orderIds) => {
      for (const orderId of orderIds) taken.add(orderId);
      return orderIds;
    });
  }

  return {
    capabilities: functionCapabilities,
    sweptEngine: {
      get mode() {
        return engine.mode;
      },
      leaseMs: engine.leaseMs,
      sync: (orderId, options) => engine.sync(orderId, options),
      claimDue: takeDue,
      arm: (orderId) => engine.arm(orderId),
    },
    push,
    async work({ concurrency, runJob }) {
      const started = startDueWorker({
        concurrency,
        engine,
        clock,
        runJob(job) {
          waiting.delete(job.jobId);
          return runJob(job);
        },
        onClaimFailed: (error) => onEvent({ kind: 'queue-errored', error: engineFailed(error) }),
      });
      worker = started;
      return {
        pause() {
          worker = null;
          return started.pause();
        },
        end: started.end,
      };
    },
    async release() {
      worker = null;
    },
    toError: describeFailure,
  };
}

function describeFailure(cause: unknown): QueueError {
  if (!(cause instanceof ArmError)) {
    return {
      kind: 'queue_unavailable',
      message: '[cbb-function] The store failed unexpectedly.',
      retryable: true,
    };
  }
  const { kind, retryable } = cause.reason;
  const message = `[cbb-function] An order was not made due: ${kind}. The sweep finds it once it is stored.`;
  return { kind: 'engine_failed', cause: kind, message, retryable };
}
