import type { Listener } from '@visanet/cbb-postgres';
import type { StopOptions, StopResult } from '@visanet/cbb-queue';
import type { SyncEngine } from '@visanet/cbb-sync';
import { err, ok, type Result, ResultAsync } from 'neverthrow';
import type { HostQueue, StartWorkerOptions } from '../cbb-sync.ts';
import { eitherSignal } from '../compose/either-signal.ts';
import type { PartsFinder } from '../compose/find-parts.ts';
import { onceDone } from '../compose/once.ts';
import type { CbbParts, Materials } from '../compose/parts.ts';
import { closed, type HostError, syncsNothing } from '../errors/host-error.ts';
import { endsWithin } from '../parts/ends-within.ts';
import { followAnnouncedOrders } from './announced-orders.ts';
import { checkSwitchedOn } from './check-switched-on.ts';
import type { WorkerLife } from './worker-life.ts';

interface WorkerParts {
  readonly materials: Materials;
  readonly engine: SyncEngine;
  readonly find: PartsFinder;
  readonly queue: HostQueue;
  readonly life: WorkerLife;
  /** Aborted by `close`. */
  readonly ending: AbortSignal;
}

export interface HostWorker {
  start(options?: StartWorkerOptions): ResultAsync<void, HostError>;
  stop(options?: StopOptions): ResultAsync<StopResult, HostError>;
  close(options?: StopOptions): ResultAsync<StopResult, HostError>;
}

const listenerEndMs = 5_000;
const patient = { tries: Number.POSITIVE_INFINITY, databaseTries: Number.POSITIVE_INFINITY };

export function createWorker({ materials, engine, find, queue, life, ending }: WorkerParts): HostWorker {
  const { settings, closing, tell, tellDriver } = materials;
  let listener: Listener | null = null;

  async function start(options: StartWorkerOptions): Promise<Result<void, HostError>> {
    if (ending.aborted) return err(closed);
    if (materials.options.offline === true) return err(syncsNothing);
    const mode = checkSwitchedOn(engine);
    if (mode.isErr()) return err(mode.error);
    life.begin();
    const signal = AbortSignal.any([ending, life.signal()]);
    const found = await find.whole({ ...patient, signal: eitherSignal(signal, options.signal) });
    if (found.isErr()) return err(found.error);
    const { concurrency } = settings.worker;
    const { sweepIntervalMs } = options;
    const started = await queue.startWorker({
      concurrency,
      ...(sweepIntervalMs === undefined ? {} : { sweepIntervalMs }),
    });
    if (started.isErr()) return err(started.error);
    void haltUnlessProven(signal);
    if (settings.withoutEffect.length > 0) {
      tell({ kind: 'settings-without-effect', names: settings.withoutEffect });
    }
    return listen(options.listen ?? true, found.value);
  }

  /** The service may have been away: when it answers, it may be that of another account. */
  async function haltUnlessProven(signal: AbortSignal): Promise<void> {
    const proven = await find.proven('until answered', signal);
    if (proven.isOk() || proven.error.kind === 'aborted') return;
    const { kind, message } = proven.error;
    life.tell({
      kind: 'worker-halted',
      ...(kind === 'key_rejected' ? { reason: kind } : { reason: 'misconfigured', message }),
    });
    // Why it halted is told; how it ended adds nothing.
    (await stop({ graceMs: 0 })).unwrapOr(null);
  }

  async function listen(wanted: boolean, { postgres }: CbbParts): Promise<Result<void, HostError>> {
    const { directUrl } = settings.database;
    if (!wanted || directUrl === null || postgres === null || listener !== null) return ok(undefined);
    const delayMs = settings.worker.announcedDelayMs;
    const followed = await followAnnouncedOrders({ postgres, queue, directUrl, delayMs, tell, tellDriver });
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
    // Takes no more orders from here on: those that wait for the service are given back.
    const stopped = queue.stop(options);
    life.end();
    await stopListening();
    return stopped;
  }

  let close: (() => ResultAsync<StopResult, HostError>) | null = null;
  async function closeAll(options?: StopOptions): Promise<Result<StopResult, HostError>> {
    const closed = queue.close(options);
    life.end();
    await stopListening();
    const stopped = await closed;
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
