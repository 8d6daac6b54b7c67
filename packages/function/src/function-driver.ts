import {
  createWaitingOrders,
  type DueWorker,
  type QueueDriver,
  QueueFailure,
  startDueWorker,
} from '@visanet/cbb-queue';
import type { Clock, SyncEngine, SyncError } from '@visanet/cbb-sync';
import { ResultAsync } from 'neverthrow';
import { functionCapabilities } from './capabilities.ts';

export interface FunctionDriver extends QueueDriver {
  /** The engine as sweeps see it: due orders go straight to the local worker, since the queue is the store itself. */
  readonly sweptEngine: SyncEngine;
}

export function createFunctionDriver(engine: SyncEngine, clock: Clock): FunctionDriver {
  let worker: DueWorker | null = null;
  const waiting = createWaitingOrders(clock, engine.leaseMs);
  /** Started by a sweep and not yet told to `push`. */
  const taken = new Set<string>();

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
      claimVisibilityMs: engine.claimVisibilityMs,
      sync: (orderId, options) => engine.sync(orderId, options),
      claimDue: takeDue,
      listDue: (after, limit) => engine.listDue(after, limit),
      arm: (orderId) => engine.arm(orderId),
    },
    pushBatchSize: 50,
    async push(orderIds) {
      const arriving = orderIds.filter((orderId) => !taken.delete(orderId));
      const armed = await ResultAsync.combine(arriving.map((orderId) => engine.arm(orderId)));
      if (armed.isErr()) throw notArmed(armed.error);
      const alreadyWaiting = arriving.filter((orderId) => !waiting.add(orderId));
      if (arriving.length > 0) worker?.nudge(arriving);
      return orderIds.length - alreadyWaiting.length;
    },
    async work(setup) {
      const started = startDueWorker({
        ...setup,
        engine,
        clock,
        runJob(job) {
          waiting.delete(job.jobId);
          return setup.runJob(job);
        },
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
  };
}

/** Whoever only enqueues hears of the store's trouble here alone. */
function notArmed(error: SyncError): QueueFailure {
  const { kind, retryable } = error;
  const message = `[cbb-sync] [function] An order was not made due, and the sweep finds it once it is stored: ${kind}. ${error.message}`;
  const remedy = 'remedy' in error && error.remedy !== undefined ? { remedy: error.remedy } : {};
  return new QueueFailure({ kind: 'engine_failed', cause: kind, message, retryable, ...remedy });
}
