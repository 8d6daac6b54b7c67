import { err, type Result } from 'neverthrow';
import type { Classify, HttpAnswer } from '../answer/http-answer.ts';
import type { Failure } from '../errors/failure.ts';
import type { Budget } from './budget.ts';
import type { CircuitPermit, Verdict } from './circuit-breaker.ts';
import type { GateParts } from './gate.ts';
import { callHook, type Hooks } from './hooks.ts';
import type { Operation } from './operation.ts';
import { type SendParts, send } from './send.ts';

export interface AttemptParts extends GateParts, SendParts {
  readonly timeoutMs: number;
  /** A request that was given less proves nothing by its silence. */
  readonly fairTimeMs: number;
  readonly hooks: Hooks;
  readonly classify: Classify;
  /** Pause after a 429 that names no time, by attempt. */
  readonly unaskedPauseMs: (attempt: number) => number;
}

export interface Attempt<T> {
  readonly operation: Operation;
  readonly number: number;
  readonly budget: Budget;
  readonly permit: CircuitPermit;
  readonly createRequest: (signal: AbortSignal) => Request;
  /** `failure` is what the status, or the body's own word, says of the answer. */
  readonly finish: (answer: HttpAnswer, failure: Failure | null) => Result<T, Failure>;
}

/** One request with its hooks; tells breaker, pause and shared limiter what came of it. */
export async function runAttempt<T>(parts: AttemptParts, attempt: Attempt<T>): Promise<Result<T, Failure>> {
  const { operation, number, budget, permit } = attempt;
  const { name, method, pathTemplate } = operation;
  const event = { operation: name, method, pathTemplate, attempt: number };
  const timeoutMs = Math.min(parts.timeoutMs, budget.remainingMs());
  let verdict: Verdict = 'neutral';
  try {
    callHook(parts.hooks.onRequest, event);
    const startedAt = parts.clock.now();
    const sent = await send(parts, attempt.createRequest, { timeoutMs, signal: budget.signal });
    const durationMs = parts.clock.now() - startedAt;
    const failure = sent.isErr() ? sent.error : withWait(parts, parts.classify(sent.value), number);
    verdict = judge(failure, timeoutMs < parts.fairTimeMs);
    if (failure !== null) announcePause(parts, failure);
    const result = sent.isErr() ? err(sent.error) : attempt.finish(sent.value, failure);
    callHook(parts.hooks.onResponse, {
      ...event,
      status: sent.isOk() ? sent.value.status : (sent.error.status ?? null),
      durationMs,
      errorKind: failure?.kind ?? (result.isErr() ? result.error.kind : null),
    });
    return result;
  } finally {
    permit.settle(verdict);
  }
}

/** The wait that the service asked for, within reason; of a rate limit without one, a guess. */
function withWait(parts: AttemptParts, failure: Failure | null, attempt: number): Failure | null {
  if (failure === null) return null;
  const guessedMs = failure.kind === 'rate_limited' ? parts.unaskedPauseMs(attempt) : undefined;
  const waitMs = failure.retryAfterMs ?? guessedMs;
  return waitMs === undefined
    ? failure
    : { ...failure, retryAfterMs: Math.min(waitMs, parts.maxRetryAfterMs) };
}

/** A wait that the service asked for holds for all calls, not for the one that was told. */
function announcePause(parts: AttemptParts, failure: Failure): void {
  if (failure.retryAfterMs === undefined) return;
  if (failure.kind !== 'rate_limited' && failure.kind !== 'unavailable') return;
  parts.pause.extend(failure.retryAfterMs, failure.kind === 'rate_limited' ? 'rate_limited' : 'circuit_open');
  callHook(parts.limiter?.pause?.bind(parts.limiter), failure.retryAfterMs);
}

/** A timeout below a fair time was the caller's haste and proves nothing against the service. */
function judge(failure: Failure | null, hasty: boolean): Verdict {
  switch (failure?.kind) {
    case 'rate_limited':
    case 'aborted':
      return 'neutral';
    case 'timeout':
      return hasty ? 'neutral' : 'failure';
    case 'network':
    case 'unavailable':
      return 'failure';
    default:
      return 'success';
  }
}
