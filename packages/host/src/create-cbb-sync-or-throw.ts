import type {
  EnqueueResult,
  EnqueueSums,
  RunDueOptions,
  RunDueResult,
  StopOptions,
  StopResult,
  SweepResult,
} from '@visanet/cbb-queue';
import type { ResultAsync } from 'neverthrow';
import type { CbbSync, EnqueueOptions, ReadyOptions, StartWorkerOptions } from './cbb-sync.ts';
import type { CbbParts } from './compose/parts.ts';
import { createCbbSync } from './create-cbb-sync.ts';
import type { HostError } from './errors/host-error.ts';
import { CbbSyncException } from './errors/host-exception.ts';
import type { CbbSyncOptions } from './options/host-options.ts';

/** As `CbbSync`, for hosts that throw: every method rejects with a `CbbSyncException`, so no failure is dropped. */
export interface ThrowingCbbSync extends Pick<CbbSync, 'settings' | 'queue'> {
  ready(options?: ReadyOptions): Promise<CbbParts>;
  startWorker(options?: StartWorkerOptions): Promise<void>;
  enqueue(orderId: string, options?: EnqueueOptions): Promise<EnqueueResult>;
  enqueueMany(orderIds: readonly string[], options?: EnqueueOptions): Promise<EnqueueSums>;
  sweep(): Promise<SweepResult>;
  runDue(options: RunDueOptions): Promise<RunDueResult>;
  stop(options?: StopOptions): Promise<StopResult>;
  close(options?: StopOptions): Promise<StopResult>;
}

/**
 * `createCbbSync` for hosts that throw.
 *
 * @throws TypeError that lists every wrong option; rejects with a `CbbSyncException`, whose `kind` tells errors apart
 * @example
 * const cbb = await createCbbSyncOrThrow({ queue: 'bullmq' });
 * await cbb.startWorker();
 * await cbb.enqueue(order.order_id);
 */
export async function createCbbSyncOrThrow<O = unknown>(
  options: CbbSyncOptions<O> = {},
): Promise<ThrowingCbbSync> {
  const cbb = await orThrow(createCbbSync(options));
  return {
    settings: cbb.settings,
    queue: cbb.queue,
    ready: (given) => orThrow(cbb.ready(given)),
    startWorker: (given) => orThrow(cbb.startWorker(given)),
    enqueue: (orderId, given) => orThrow(cbb.enqueue(orderId, given)),
    enqueueMany: (orderIds, given) => orThrow(cbb.enqueueMany(orderIds, given)),
    sweep: () => orThrow(cbb.sweep()),
    runDue: (given) => orThrow(cbb.runDue(given)),
    stop: (given) => orThrow(cbb.stop(given)),
    close: (given) => orThrow(cbb.close(given)),
  };
}

async function orThrow<T>(work: ResultAsync<T, HostError>): Promise<T> {
  const result = await work;
  if (result.isErr()) throw new CbbSyncException(result.error);
  return result.value;
}
