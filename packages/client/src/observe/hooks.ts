import type { CbbErrorKind } from '../errors/cbb-error.ts';
import type { Operation } from '../resilience/operation.ts';

interface OperationEvent {
  /** Operation of the API document, e.g. `updateContact`. */
  readonly operation: string;
  readonly method: Operation['method'];
  /** E.g. `/contacts/{id}`. */
  readonly pathTemplate: string;
  /** 1 is the first request of the operation. */
  readonly attempt: number;
}

/** A request is about to leave. Holds no value of it. */
export interface RequestEvent extends OperationEvent {
  /** This client's own id of the request; what stands before the dot is the same for every request of one call. */
  readonly attemptId: string;
}

/** A request has ended, with an answer or without. */
export interface ResponseEvent extends RequestEvent {
  /** Null where no answer came. */
  readonly status: number | null;
  readonly durationMs: number;
  /** Null where the request succeeded. */
  readonly errorKind: CbbErrorKind | null;
  /** The service's own id of the request; null where it sent none. */
  readonly requestId: string | null;
}

/** A failed request is sent again. */
export interface RetryEvent extends RequestEvent {
  /** Of the request that failed. */
  readonly errorKind: CbbErrorKind;
  /** The wait before the next one; the limits of the client can add to it. */
  readonly delayMs: number;
}

/** Nothing is sent: circuit, pause or rate limit would hold the request longer than the call can wait. */
export interface RefusalEvent extends OperationEvent {
  readonly errorKind: CbbErrorKind;
  /** Null where no time is known. */
  readonly retryAfterMs: number | null;
}

/** `half_open`: one probe is let through. */
export interface CircuitEvent {
  readonly state: 'open' | 'half_open' | 'closed';
}

/** The service asked all requests of the client to wait. */
export interface PauseEvent {
  readonly reason: 'rate_limited' | 'unavailable';
  readonly durationMs: number;
}

/** Called as things happen, for metrics and logs. What a hook throws or rejects with is dropped. */
export interface Hooks {
  readonly onRequest?: ((event: RequestEvent) => void) | undefined;
  readonly onResponse?: ((event: ResponseEvent) => void) | undefined;
  readonly onRetry?: ((event: RetryEvent) => void) | undefined;
  readonly onRefusal?: ((event: RefusalEvent) => void) | undefined;
  readonly onCircuitChange?: ((event: CircuitEvent) => void) | undefined;
  readonly onPause?: ((event: PauseEvent) => void) | undefined;
}

export function callHook<E>(hook: ((event: E) => unknown) | undefined, event: E): void {
  if (hook === undefined) return;
  try {
    const returned = hook(event);
    // An async function fits the type too; its rejection must not end the process.
    if (returned instanceof Promise) returned.catch(() => undefined);
  } catch {
    // An observer has no say in the call.
  }
}
