import type { Listener } from '@visanet/cbb-postgres';
import type { StopOptions, StopResult } from '@visanet/cbb-queue';
import type { SyncEngine } from '@visanet/cbb-sync';
import { err, ok, type Result, ResultAsync } from 'neverthrow';
import type { HostQueue, StartWorkerOptions } from '../cbb-sync.ts';
import type { PartsFinder } from '../compose/find-parts.ts';
import { onceDone } from '../compose/once.ts';
import type { CbbParts, Materials } from '../compose/parts.ts';
import { closed, type HostError, syncsNothing } from '../errors/host-error.ts';
import { endsWithin } from '../parts/ends-within.ts';
import { followAnnouncedOrders } from './announced-orders.ts';
import { checkSwitchedOn } from './check-switched-on.ts';

interface WorkerParts {
  readonly materials: Materials;
  readonly engine: SyncEngine;
  readonly find: PartsFinder;
  readonly queue: HostQueue;
  /** Aborted by `close`. */
  readonly ending: AbortSignal;
}

export interface HostWorker {
  start(options?: StartWorkerOptions): ResultAsync<void, HostError>;
  stop(options?: StopOptions): ResultAsync<StopResult, HostError>;
  close(options?: StopOptions): ResultAsync<StopResult, HostError>;
}

const listenerEndMs = 5_000;

export function createWorker({ materials, engine, find, queue, ending }: WorkerParts): HostWorker {
  const { settings, closing, tell } = materials;
  let stopping = new AbortController();
  let listener: Listener | null = null;

  async function start(options: StartWorkerOptions): Promise<Result<void, HostError>> {
    if (ending.aborted) return err(closed);
    if (materials.options.offline === true) return err(syncsNothing);
    const mode = checkSwitchedOn(engine);
    if (mode.isErr()) return err(mode.error);
    stopping = new AbortController();
    const signals = [ending, stopping.signal, ...(options.signal === undefined ? [] : [options.signal])];
    const found = await find.whole({ tries: Number.POSITIVE_INFINITY, signal: AbortSignal.any(signals) });
    if (found.isErr()) return err(found.error);
    const { concurrency } = settings.worker;
    const { sweepIntervalMs } = options;
    const started = await queue.startWorker({
      concurrency,
      ...(sweepIntervalMs === undefined ? {} : { sweepIntervalMs }),
    });
    if (started.isErr()) return err(started.error);
    if (settings.withoutEffect.length > 0) {
      tell({ kind: 'settings-without-effect', names: settings.withoutEffect });
    }
    return listen(options.listen ?? true, found.value);
  }

  async function listen(wanted: boolean, { postgres }: CbbParts): Promise<Result<void, HostError>> {
    const { directUrl } = settings.database;
    if (!wanted || directUrl === null || postgres === null || listener !== null) return ok(undefined);
    const delayMs = settings.worker.announcedDelayMs;
    const followed = await followAnnouncedOrders({ postgres, queue, directUrl, delayMs, tell });
    if (followed.isErr()) return err(followed.error);
    listener = followed.value;
    return ok(undefined);
  }

  async function stopListening(): Promise<void> {
    const listening = listener;
    listener = null;
    if (listening !== null) await endsWithin(listening.close(), listenerEndMs);
  }

  async function stop(options?: StopOptions): Promise<Result<StopResult, HostError>> {
    stopping.abort();
    await stopListening();
    return queue.stop(options);
  }

  let close: (() => ResultAsync<StopResult, HostError>) | null = null;
  async function closeAll(options?: StopOptions): Promise<Result<StopResult, HostError>> {
    await stopListening();
    const stopped = await queue.close(options);
    await closing.closeAll();
    return stopped;
  }

  return {
    start: (options = {}) => new ResultAsync(start(options)),
    stop: (options) => new ResultAsync(stop(options)),
    close(options) {
      close ??= onceDone(() => new ResultAsync(closeAll(options)));
      return close();
    },
  };
}
