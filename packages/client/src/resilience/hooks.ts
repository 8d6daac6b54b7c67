import type { CbbErrorKind } from '../errors/cbb-error.ts';
import type { Operation } from './operation.ts';

/** A request is about to leave. Holds no value of it. */
export interface RequestEvent {
  /** Operation of the API document, e.g. `updateContact`. */
  readonly operation: string;
  readonly method: Operation['method'];
  /** E.g. `/contacts/{id}`. */
  readonly pathTemplate: string;
  /** 1 is the first request of the call. */
  readonly attempt: number;
}

/** A request has ended, with an answer or without. */
export interface ResponseEvent extends RequestEvent {
  /** Null where no answer came. */
  readonly status: number | null;
  readonly durationMs: number;
  /** Null where the request succeeded. */
  readonly errorKind: CbbErrorKind | null;
}

/** Called for each request, retries included. What a hook throws or rejects with is dropped. */
export interface Hooks {
  readonly onRequest?: ((event: RequestEvent) => void) | undefined;
  readonly onResponse?: ((event: ResponseEvent) => void) | undefined;
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
