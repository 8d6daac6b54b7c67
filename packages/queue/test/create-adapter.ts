import type { SyncEngine, SyncError, SyncMode, SyncReport } from '@visanet/cbb-sync';
import { errAsync, okAsync, type Result } from 'neverthrow';
import { createQueueAdapter } from '../src/adapter/create-queue-adapter.ts';
import { queueAdapterSettings } from '../src/adapter/queue-adapter-options.ts';
import type { WorkerEvent } from '../src/port/queue-adapter.ts';
import type { QueueDriver, WorkSetup } from '../src/port/queue-driver.ts';

interface Setup {
  readonly engine?: SyncEngine;
  readonly mode?: SyncMode;
  readonly claims?: readonly (readonly string[] | SyncError)[];
  readonly armError?: SyncError;
  readonly sync?: SyncEngine['sync'];
  /** Pages of due orders, and which of them the queue lacks: with it, the sweep reads instead of claiming. */
  readonly pages?: readonly (readonly string[] | SyncError)[];
  readonly missing?: NonNullable<QueueDriver['missing']>;
  readonly push?: QueueDriver['push'];
  readonly pushBatchSize?: number;
  readonly enqueueTimeoutMs?: number;
  readonly check?: () => Promise<void>;
  readonly work?: (setup: WorkSetup) => Promise<void>;
  readonly release?: () => Promise<void>;
}

export function stopReport(orderId: string): SyncReport {
  return {
    orderId,
    outcome: 'deferred',
    status: 'pending',
    next: { kind: 'stop' },
    reason: null,
    failure: 'unauthorized',
    missingFields: [],
    whatsApp: 'unknown',
    phone: null,
    calls: 1,
  };
}

export function create({
  engine: given,
  mode = 'on',
  claims = [],
  armError,
  pages = [],
  missing,
  sync,
  push,
  pushBatchSize,
  enqueueTimeoutMs = 5_000,
  check,
  work,
  release,
}: Setup = {}) {
  const log: string[] = [];
  const events: WorkerEvent[] = [];
  const setups: WorkSetup[] = [];
  const batches = [...claims];
  const left = [...pages];
  const engine: SyncEngine = {
    mode,
    leaseMs: 1_000,
    claimVisibilityMs: 5_000,
    sync: sync ?? ((orderId) => okAsync(stopReport(orderId))),
    claimDue(limit) {
      log.push(`claim ${limit}`);
      const batch = batches.shift() ?? [];
      return 'kind' in batch ? errAsync(batch) : okAsync(batch);
    },
    listDue(after) {
      log.push(`list ${after}`);
      const page = left.shift() ?? [];
      if ('kind' in page) return errAsync(page);
      return okAsync({ orderIds: page, next: left.length === 0 ? null : (page.at(-1) ?? null) });
    },
    arm(orderId) {
      log.push(`arm ${orderId}`);
      return armError === undefined ? okAsync(undefined) : errAsync(armError);
    },
  };
  const driver: QueueDriver = {
    capabilities: {
      coalesces: true,
      keepsBackoff: true,
      transactionalEnqueue: false,
      durable: false,
      sharedRateLimit: false,
      redrivable: false,
    },
    ...(pushBatchSize === undefined ? {} : { pushBatchSize }),
    ...(missing === undefined ? {} : { missing }),
    ...(check === undefined ? {} : { check }),
    push: push ?? (async (orderIds) => orderIds.length),
    async work(setup) {
      setups.push(setup);
      await work?.(setup);
      return {
        pause: async () => void log.push('pause'),
        end: async (force) => void log.push(`end ${force}`),
      };
    },
    release: release ?? (async () => void log.push('release')),
  };
  function onEvent(event: WorkerEvent) {
    events.push(event);
    throw new Error('a listener that throws');
  }
  const settings = queueAdapterSettings(
    { engine: given ?? engine, sweepBatchSize: 2, enqueueTimeoutMs, onEvent },
    () => ({
      kind: 'queue_unavailable',
      message: 'down',
      retryable: true,
    }),
  );
  const adapter = createQueueAdapter({ ...settings, driver });
  return { adapter, engine, capabilities: driver.capabilities, log, events, setups };
}

export function kindOf(result: Result<unknown, { kind: string }>): string {
  return result.isErr() ? result.error.kind : 'ok';
}

export const rejects = () => Promise.reject(new Error('down'));
