import type { SyncEngine, SyncError, SyncMode, SyncReport } from '@visanet/cbb-sync';
import { err, ok, okAsync, type Result, ResultAsync } from 'neverthrow';
import { dueAfterMs, type ScriptedAnswer, toResult } from './scripted-answer.ts';
import { claimVisibilityMs, createScriptedStore } from './scripted-store.ts';

export interface ScriptedRun {
  readonly orderId: string;
  /** Milliseconds on a monotonic clock. */
  readonly startedAtMs: number;
  /** Null while it runs. */
  endedAtMs: number | null;
  aborted: boolean;
}

export interface ScriptedEngine {
  readonly engine: SyncEngine;
  readonly runs: readonly ScriptedRun[];
  runsOf(orderId: string): readonly ScriptedRun[];
  /** Answers of the next runs of the order, one each; later ones are `done`. */
  script(orderId: string, ...answers: readonly ScriptedAnswer[]): void;
  /** Holds the next run of the order until the returned function opens it. A `deaf` run ignores its signal. */
  hold(orderId: string, options?: { readonly deaf?: boolean }): () => void;
  openAll(): void;
  /** The store has these orders due now. */
  makeDue(...orderIds: readonly string[]): void;
  /** Times that the store was asked for due orders, and how often of these it was to hand some out. */
  asked(): number;
  claims(): number;
  /** Holds every answer to that until the returned function is called. */
  holdDue(): () => void;
  /** From now on the engine is broken so when it is asked for due orders, or to make one due; null repairs it. */
  breakStore(how: Breakage | null): void;
  /** From now on the store cannot be read for due orders; null repairs it. */
  failClaims(error: SyncError | null): void;
}

/** It throws, its promise rejects, or it answers nothing at all. */
export type Breakage = 'throws' | 'rejects' | 'answers nothing';

interface Gate {
  readonly opened: Promise<void>;
  readonly deaf: boolean;
}

/** An engine that does as the test says and keeps a record; its store knows due times only. */
export function createScriptedEngine(mode: SyncMode = 'on', leaseMs = 2_000): ScriptedEngine {
  const runs: ScriptedRun[] = [];
  const answers = new Map<string, ScriptedAnswer[]>();
  const gates = new Map<string, Gate>();
  const opens: (() => void)[] = [];
  const store = createScriptedStore();
  const log = { asked: 0, claims: 0 };
  let dueGate = Promise.resolve();
  let breakage: Breakage | null = null;
  let claimError: SyncError | null = null;

  async function run(orderId: string, signal?: AbortSignal): Promise<Result<SyncReport, SyncError>> {
    const restMs = store.restMs(orderId);
    if (restMs > 0) return toResult(orderId, { kind: 'defer', afterMs: Math.ceil(restMs) });
    const record: ScriptedRun = { orderId, startedAtMs: performance.now(), endedAtMs: null, aborted: false };
    runs.push(record);
    store.begin(orderId);
    const gate = gates.get(orderId);
    gates.delete(orderId);
    if (gate?.deaf === true) await gate.opened;
    else if (gate !== undefined) await Promise.race([gate.opened, untilAborted(signal)]);
    record.endedAtMs = performance.now();
    record.aborted = signal?.aborted === true;
    if (record.aborted) {
      store.end(orderId, 0);
      return err({ kind: 'aborted', message: 'aborted', retryable: true });
    }
    const answer = answers.get(orderId)?.shift() ?? { kind: 'done' };
    store.end(orderId, dueAfterMs(answer));
    return toResult(orderId, answer);
  }

  function askDue<T>(answer: () => T): ResultAsync<T, SyncError> {
    log.asked += 1;
    if (breakage !== null) return broken(breakage);
    return new ResultAsync(dueGate.then(() => (claimError === null ? ok(answer()) : err(claimError))));
  }

  return {
    engine: {
      mode,
      leaseMs,
      claimVisibilityMs,
      sync: (orderId, options) => new ResultAsync(run(orderId, options?.signal)),
      claimDue(limit) {
        log.claims += 1;
        return askDue(() => store.claim(limit));
      },
      listDue: (after, limit) => askDue(() => store.list(after, limit)),
      arm(orderId) {
        if (breakage !== null) return broken(breakage);
        store.arm(orderId);
        return okAsync(undefined);
      },
    },
    runs,
    runsOf: (orderId) => runs.filter((record) => record.orderId === orderId),
    script: (orderId, ...next) => void answers.set(orderId, [...next]),
    hold(orderId, { deaf = false } = {}) {
      let open = () => {};
      const opened = new Promise<void>((resolve) => {
        open = resolve;
      });
      gates.set(orderId, { opened, deaf });
      opens.push(open);
      return open;
    },
    openAll() {
      for (const open of opens) open();
    },
    makeDue(...orderIds) {
      for (const orderId of orderIds) store.arm(orderId);
    },
    asked: () => log.asked,
    claims: () => log.claims,
    holdDue() {
      let open = () => {};
      dueGate = new Promise((resolve) => {
        open = resolve;
      });
      return open;
    },
    breakStore(how) {
      breakage = how;
    },
    failClaims(error) {
      claimError = error;
    },
  };
}

function untilAborted(signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted === true) resolve();
    signal?.addEventListener('abort', () => resolve(), { once: true });
  });
}

function broken<T>(breakage: Breakage): ResultAsync<T, SyncError> {
  if (breakage === 'throws') throw new Error('secret');
  if (breakage === 'rejects') return new ResultAsync(Promise.reject(new Error('secret')));
  // As code without types may do.
  const nothing: Result<T, SyncError> = JSON.parse('{}').nothing;
  return new ResultAsync(Promise.resolve(nothing));
}
