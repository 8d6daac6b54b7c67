import { err, type Result } from 'neverthrow';
import type { Classify, HttpAnswer } from '../answer/http-answer.ts';
import type { CallScope } from '../call/call-scope.ts';
import type { Failure } from '../errors/failure.ts';
import { callHook, type RequestEvent } from '../observe/hooks.ts';
import type { Observer } from '../observe/observer.ts';
import type { Tracing } from '../observe/tracing.ts';
import type { Budget } from './budget.ts';
import type { CircuitPermit, Verdict } from './circuit-breaker.ts';
import type { GateParts } from './gate.ts';
import type { KeyHeaders, ReadKey } from './read-key.ts';
import { type SendParts, send } from './send.ts';

export interface AttemptParts extends GateParts, SendParts {
  readonly readKey: ReadKey;
  /** A request that was given less proves nothing by its silence. */
  readonly fairTimeMs: number;
  readonly observer: Observer;
  readonly trace: Tracing;
  readonly classify: Classify;
  /** Pause after a 429 that names no time, by attempt. */
  readonly unaskedPauseMs: (attempt: number) => number;
}

export interface Attempt<T> {
  readonly event: RequestEvent;
  readonly scope: CallScope;
  readonly budget: Budget;
  readonly permit: CircuitPermit;
  readonly createRequest: (signal: AbortSignal, key: KeyHeaders) => Request;
  /** URL and body, to know an echo of them. */
  readonly sent: string;
  /** `failure` is what the status, or the body's own word, says of the answer. */
  readonly finish: (answer: HttpAnswer, failure: Failure | null) => Result<T, Failure>;
}

/** One request with its key, hooks and span; tells breaker, pause and shared limiter what came of it. */
export async function runAttempt<T>(parts: AttemptParts, attempt: Attempt<T>): Promise<Result<T, Failure>> {
  const { event, budget, permit, scope } = attempt;
  const { method, pathTemplate, attempt: number } = event;
  const remainingMs = () => Math.min(budget.timeoutMs, budget.remainingMs());
  const attributes = { 'http.request.method': method, 'url.template': pathTemplate };
  let verdict: Verdict = 'neutral';
  const run = async (note: (told: Record<string, string | number>) => void): Promise<Result<T, Failure>> => {
    const key = await parts.readKey({ timeoutMs: remainingMs(), signal: budget.signal });
    if (key.isErr()) return err(key.error);
    const timeoutMs = remainingMs();
    parts.observer.onRequest(event);
    const startedAt = parts.clock.now();
    const sent = await send(parts, {
      createRequest: (signal) => attempt.createRequest(signal, key.value),
      sent: `${attempt.sent} ${Object.values(key.value)}`,
      timeoutMs,
      signal: budget.signal,
    });
    const durationMs = parts.clock.now() - startedAt;
    const failure = sent.isErr() ? sent.error : withWait(parts, parts.classify(sent.value), number);
    verdict = judge(failure, timeoutMs < parts.fairTimeMs);
    if (failure !== null) announcePause(parts, failure);
    const result = sent.isErr() ? err(sent.error) : attempt.finish(sent.value, failure);
    const { status, requestId } = sent.isOk() ? sent.value : sent.error;
    const identity = requestId === undefined ? {} : { requestId };
    if (sent.isOk()) {
      scope.response = { status: sent.value.status, headers: sent.value.headers, ...identity };
      note({ 'http.response.status_code': sent.value.status });
    }
    if (requestId !== undefined) note({ 'cbb.request_id': requestId });
    parts.observer.onResponse({
      ...event,
      status: status ?? null,
      durationMs,
      errorKind: failure?.kind ?? (result.isErr() ? result.error.kind : null),
      requestId: requestId ?? null,
    });
    return result.mapErr((error) => ({ ...error, ...identity }));
  };
  try {
    return await parts.trace(
      { name: `${method} ${pathTemplate}`, kind: 'client', attributes },
      async (note) => {
        note({ 'http.request.resend_count': number - 1 });
        const result = await run(note);
        if (result.isErr()) note({ 'error.type': result.error.kind });
        return result;
      },
    );
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
  const { kind, retryAfterMs: durationMs } = failure;
  if (durationMs === undefined || (kind !== 'rate_limited' && kind !== 'unavailable')) return;
  const isLonger = parts.pause.extend(durationMs, kind === 'rate_limited' ? kind : 'circuit_open');
  if (isLonger) parts.observer.onPause({ reason: kind, durationMs });
  callHook(parts.limiter?.pause?.bind(parts.limiter), durationMs);
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
