import type { CallOptions } from '../resilience/call-options.ts';

/** What the service said beside a value. */
export interface ResponseInfo {
  readonly status: number;
  readonly headers: Headers;
  /** The service's own id of the request, where it sent one. */
  readonly requestId?: string;
}

/** One call of a caller, over all the requests that it takes. */
export interface CallScope {
  /** Unlike that of any other call. */
  readonly id: string;
  /** Requests so far. */
  requests: number;
  /** The last whole answer. */
  response: ResponseInfo | null;
}

const scopeKey = /* @__PURE__ */ Symbol('cbb-client call');

interface ScopedOptions extends CallOptions {
  readonly [scopeKey]?: CallScope;
}

/** The call that these options belong to; undefined for those that a caller wrote. */
export function scopeOf(options: ScopedOptions | undefined): CallScope | undefined {
  return options?.[scopeKey];
}

/** The scope travels with the options, so that every request of a call finds it. */
export function withScope(options: CallOptions | undefined, scope: CallScope): CallOptions | undefined {
  // What is no object is left to those who refuse it.
  if (Array.isArray(options) || typeof (options ?? {}) !== 'object') return options;
  const scoped: ScopedOptions = { ...options, [scopeKey]: scope };
  return scoped;
}
