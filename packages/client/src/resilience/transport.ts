import { err, ok, type Result, ResultAsync } from 'neverthrow';
import type { HttpAnswer, Interpret } from '../answer/http-answer.ts';
import type { CbbError, Effect } from '../errors/cbb-error.ts';
import { createError, effectOf } from '../errors/create-error.ts';
import type { Failure } from '../errors/failure.ts';
import { toException } from '../errors/to-exception.ts';
import { type AttemptParts, runAttempt } from './attempt.ts';
import type { RetryPolicy } from './backoff.ts';
import { type Budget, createBudget } from './budget.ts';
import { buildUrl, isUrlOf, isUrlOfAnother, type UrlParts } from './build-url.ts';
import { type CallLimits, type CallOptions, readCallOptions } from './call-options.ts';
import { decideRetry } from './decide-retry.ts';
import { passGate } from './gate.ts';
import type { Operation } from './operation.ts';
import { rebuildResponse } from './rebuild-response.ts';
import { wait } from './wait.ts';

export interface TransportParts extends AttemptParts {
  /** Without a slash at its end. */
  readonly baseUrl: string;
  /** All of the contract. */
  readonly operations: readonly Operation[];
  /** Of every request, the key's header included. */
  readonly headers: Readonly<Record<string, string>>;
  readonly limits: CallLimits;
  readonly retry: RetryPolicy;
  readonly random: () => number;
}

export interface Call<T> extends UrlParts {
  readonly operation: Operation;
  readonly body?: { readonly contentType: string; readonly text: string };
  /** Not asked where `classify` found a failure. */
  readonly interpret: Interpret<T>;
}

/**
 * The one way out. From the outside in:
 *
 * 1. deadline and signal of the call,
 * 2. retries: reads and updates only, exponential with full jitter,
 * 3. gate: circuit, then the pause that the service asked for, then the rate limiter,
 * 4. hooks, 5. the timeout of one request, its body included, 6. `fetch`.
 *
 * Every attempt passes the gate anew and sends a fresh request with the same body.
 */
export interface Transport {
  /** For typed gateways: retries included, every failure a value. */
  call<T>(call: Call<T>, options?: CallOptions): ResultAsync<T, CbbError>;
  /**
   * For raw clients: one request without retries, answered as it came whatever its status.
   * Rejects with a `CbbException` where no whole answer came or nothing was sent.
   */
  fetch(operation: Operation, request: Request): Promise<Response>;
}

export function createTransport(parts: TransportParts): Transport {
  return {
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

  const budget = createBudget(parts.clock, limits.value);
  const createRequest = (signal: AbortSignal) => {
    const headers = { ...parts.headers };
    if (call.body !== undefined) headers['content-type'] = call.body.contentType;
    const body = call.body === undefined ? {} : { body: call.body.text };
    return new Request(url.value, { method: operation.method, headers, signal, redirect: 'manual', ...body });
  };
  const finish = (answer: HttpAnswer, failure: Failure | null) =>
    failure === null ? call.interpret(answer) : err(failure);

  let effect: Effect = 'none';
  let last: Failure | null = null;
  for (let number = 1; ; number += 1) {
    const permit = await passGate(parts, budget);
    if (permit.isErr()) {
      return err(createError(lastUnlessEnded(last, permit.error), operation, effect));
    }
    const attempt = { operation, number, budget, permit: permit.value, createRequest, finish };
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
    await wait(parts.clock, decision.delayMs, budget.signal);
  }
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
  const budget: Budget = createBudget(parts.clock, { ...parts.limits, signal: request.signal });
  const permit = await passGate(parts, budget);
  if (permit.isErr()) throw fail(permit.error, 'none');
  const headers = new Headers(request.headers);
  for (const [name, value] of Object.entries(parts.headers)) {
    if (name !== 'accept' || !headers.has('accept')) headers.set(name, value);
  }
  const result = await runAttempt<Response>(parts, {
    operation,
    number: 1,
    budget,
    permit: permit.value,
    createRequest: (signal) => new Request(request, { headers, signal, redirect: 'manual' }),
    finish: rebuildResponse,
  });
  if (result.isErr()) throw fail(result.error);
  return result.value;
}
