import { err, ok, type Result, ResultAsync } from 'neverthrow';
import type { HttpAnswer, Interpret } from '../answer/http-answer.ts';
import { withFields } from '../answer/mentioned-fields.ts';
import { type BeginCall, createBeginCall } from '../call/begin-call.ts';
import { type CallScope, scopeOf } from '../call/call-scope.ts';
import type { CbbError, Effect } from '../errors/cbb-error.ts';
import { createError, effectOf } from '../errors/create-error.ts';
import type { Failure } from '../errors/failure.ts';
import { toException } from '../errors/to-exception.ts';
import type { RequestEvent } from '../observe/hooks.ts';
import { type AttemptParts, runAttempt } from './attempt.ts';
import type { RetryPolicy } from './backoff.ts';
import { type Budget, createBudget } from './budget.ts';
import { buildUrl, isUrlOf, isUrlOfAnother, type UrlParts } from './build-url.ts';
import { type CallLimits, type CallOptions, readCallOptions } from './call-options.ts';
import { decideRetry } from './decide-retry.ts';
import { passGate } from './gate.ts';
import type { Operation } from './operation.ts';
import type { KeyHeaders } from './read-key.ts';
import { rebuildResponse } from './rebuild-response.ts';
import { wait } from './wait.ts';

export interface TransportParts extends AttemptParts {
  /** Without a slash at its end. */
  readonly baseUrl: string;
  /** All of the contract. */
  readonly operations: readonly Operation[];
  /** Of every request, beside the key's; names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly limits: CallLimits;
  readonly openScope: () => CallScope;
  readonly retry: RetryPolicy;
  readonly random: () => number;
}

export interface Call<T> extends UrlParts {
  readonly operation: Operation;
  readonly body?: { readonly contentType: string; readonly text: string };
  /** Names of the custom fields that it writes: an `invalid_request` names those that the service mentions. */
  readonly fields?: readonly string[];
  /** Not asked where `classify` found a failure. */
  readonly interpret: Interpret<T>;
}

/**
 * The one way out. From the outside in:
 *
 * 1. deadline and signal of the call,
 * 2. retries: reads and updates only, exponential with full jitter,
 * 3. gate: circuit, then the pause that the service asked for, then the rate limiter,
 * 4. the key, 5. hooks, 6. the timeout of one request, its body included, 7. `fetch`.
 *
 * Every attempt passes the gate anew and sends a fresh request with the same body.
 */
export interface Transport {
  readonly begin: BeginCall;
  /** For typed gateways: retries included, every failure a value. */
  call<T>(call: Call<T>, options?: CallOptions): ResultAsync<T, CbbError>;
  /**
   * For raw clients: one request without retries, answered as it came whatever its status.
   * Rejects with a `CbbException` where no whole answer came or nothing was sent.
   */
  fetch(operation: Operation, request: Request): Promise<Response>;
}

export function createTransport(parts: TransportParts): Transport {
  const begin = createBeginCall(parts.openScope, parts.trace);
  return {
    begin,
    call: (call, options) => new ResultAsync(runCall(parts, call, options)),
    fetch: (operation, request) => runRaw(parts, operation, request),
  };
}

const otherOperation: Failure = { kind: 'invalid_request', reason: 'the URL is not that of the operation' };

async function runCall<T>(
  parts: TransportParts,
  call: Call<T>,
  options: CallOptions | undefined,
): Promise<Result<T, CbbError>> {
  const { operation } = call;
  const limits = readCallOptions(options, parts.limits);
  if (limits.isErr()) return err(createError(limits.error, operation, 'none'));
  const url = buildUrl(parts.baseUrl, operation, call);
  if (url.isErr()) return err(createError(url.error, operation, 'none'));
  if (isUrlOfAnother(url.value, parts.baseUrl, operation, parts.operations)) {
    return err(createError(otherOperation, operation, 'none'));
  }

  const scope = scopeOf(options) ?? parts.openScope();
  const budget = createBudget(parts.clock, limits.value);
  const createRequest = (signal: AbortSignal, key: KeyHeaders) => {
    const headers: Record<string, string> = { ...parts.headers, ...limits.value.headers, ...key };
    if (call.body !== undefined) headers['content-type'] = call.body.contentType;
    const body = call.body === undefined ? {} : { body: call.body.text };
    return new Request(url.value, { method: operation.method, headers, signal, redirect: 'manual', ...body });
  };
  const sent = `${url.value} ${call.body?.text ?? ''}`;
  const finish = (answer: HttpAnswer, failure: Failure | null) =>
    failure === null ? call.interpret(answer) : err(withFields(failure, answer, call.fields));

  let effect: Effect = 'none';
  let last: Failure | null = null;
  for (let number = 1; ; number += 1) {
    const permit = await passGate(parts, budget);
    if (permit.isErr()) {
      tellRefusal(parts, operation, number, permit.error);
      return err(createError(lastUnlessEnded(last, permit.error), operation, effect));
    }
    const event = eventOf(operation, number, scope);
    const attempt = { event, scope, budget, permit: permit.value, createRequest, sent, finish };
    const result = await runAttempt(parts, attempt);
    if (result.isOk()) return ok(result.value);

    last = result.error;
    if (effectOf(last, operation) === 'unknown') effect = 'unknown';
    const decision = decideRetry({
      failure: last,
      operation,
      attempt: number,
      policy: parts.retry,
      random: parts.random,
      remainingMs: budget.remainingMs(),
      maxWaitMs: budget.maxWaitMs,
    });
    if (decision.kind === 'give_up') return err(createError(last, operation, effect));
    parts.observer.onRetry({ ...event, errorKind: last.kind, delayMs: decision.delayMs });
    await wait(parts.clock, decision.delayMs, budget.signal);
  }
}

function eventOf({ name, method, pathTemplate }: Operation, attempt: number, scope: CallScope): RequestEvent {
  scope.requests += 1;
  const attemptId = `${scope.id}.${scope.requests}`;
  return { operation: name, method, pathTemplate, attempt, attemptId };
}

function tellRefusal({ observer }: TransportParts, operation: Operation, attempt: number, by: Failure): void {
  const { name, method, pathTemplate } = operation;
  const { kind: errorKind, retryAfterMs = null } = by;
  observer.onRefusal({ operation: name, method, pathTemplate, attempt, errorKind, retryAfterMs });
}

/** Where the gate stops a retry, what happened on the wire says more; the gate knows when to come back. */
function lastUnlessEnded(last: Failure | null, stopped: Failure): Failure {
  if (last === null || stopped.kind === 'aborted' || stopped.retryAfterMs === undefined) return stopped;
  return { ...last, retryAfterMs: stopped.retryAfterMs };
}

async function runRaw(parts: TransportParts, operation: Operation, request: Request): Promise<Response> {
  const fail = (failure: Failure, effect?: Effect) => toException(createError(failure, operation, effect));
  const isItsUrl = isUrlOf(request.url, parts.baseUrl, operation);
  if (!isItsUrl || isUrlOfAnother(request.url, parts.baseUrl, operation, parts.operations)) {
    throw fail(otherOperation, 'none');
  }
  const scope = parts.openScope();
  const budget: Budget = createBudget(parts.clock, { ...parts.limits, signal: request.signal });
  const permit = await passGate(parts, budget);
  if (permit.isErr()) {
    tellRefusal(parts, operation, 1, permit.error);
    throw fail(permit.error, 'none');
  }
  const result = await runAttempt<Response>(parts, {
    event: eventOf(operation, 1, scope),
    scope,
    budget,
    permit: permit.value,
    createRequest: (signal, key) => {
      const headers = new Headers({ ...parts.headers, ...Object.fromEntries(request.headers), ...key });
      return new Request(request, { headers, signal, redirect: 'manual' });
    },
    sent: request.url,
    finish: rebuildResponse,
  });
  if (result.isErr()) throw fail(result.error);
  return result.value;
}
