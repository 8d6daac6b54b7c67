import type { CbbErrorCode } from './error-code.ts';

/** `none`: the service provably did not act. `unknown`: the write may have happened although no answer proved it. */
export type Effect = 'none' | 'unknown';

interface ErrorOf<Kind extends string> {
  readonly kind: Kind;
  /** One sentence without a key, an id or anything the service said. */
  readonly message: string;
  /** Operation of the API document, e.g. `updateContact`. */
  readonly operation: string;
  /** Path with its parameters left out, e.g. `/contacts/{id}`. */
  readonly pathTemplate: string;
  /** Whether the same call can succeed later. */
  readonly retryable: boolean;
  /** Earliest useful time of the next try, in milliseconds from now. */
  readonly retryAfterMs?: number;
  /** Covers all attempts of the call, not the last one alone. */
  readonly effect: Effect;
  /** HTTP status of the answer that decided. */
  readonly status?: number;
  /** More than the kind says, where it is known: why a connection failed, or that the answer was a redirect. */
  readonly code?: CbbErrorCode;
  /** The service's own id of the request that decided, where it sent one: what its support asks for. */
  readonly requestId?: string;
}

/** The connection failed or broke. */
export type NetworkError = ErrorOf<'network'>;
/** No complete answer in time, or the deadline left none for a request. */
export type TimeoutError = ErrorOf<'timeout'>;
/** The caller's signal ended the call. */
export type AbortedError = ErrorOf<'aborted'>;
/** The service does not accept the key. */
export type UnauthorizedError = ErrorOf<'unauthorized'>;
export type NotFoundError = ErrorOf<'not_found'>;
/** A contact with this id exists. */
export type ConflictError = ErrorOf<'conflict'>;
/** Refused here before sending, or by the service as malformed. */
export interface InvalidRequestError extends ErrorOf<'invalid_request'> {
  /** The fields for which it was refused, where that is known: checked here, or named by the service. */
  readonly missingFields?: readonly string[];
}
/** The limit of the service or of this client is reached. */
export type RateLimitedError = ErrorOf<'rate_limited'>;
/** The service failed or is down. */
export type UnavailableError = ErrorOf<'unavailable'>;
/** Not sent, because the last requests failed in a row. */
export type CircuitOpenError = ErrorOf<'circuit_open'>;
/** The answer is not what the contract says. */
export type UnexpectedBodyError = ErrorOf<'unexpected_body'>;
/** Some fields of a write were not acknowledged; all others were. */
export interface PartialWriteError extends ErrorOf<'partial_write'> {
  readonly missingFields: readonly string[];
  /** What ended a write of several requests before its last one, e.g. `rate_limited`. */
  readonly stoppedBy?: StopKind;
}

/** Everything that can go wrong in a call: a frozen plain object, told apart by `kind`. */
export type CbbError =
  | NetworkError
  | TimeoutError
  | AbortedError
  | UnauthorizedError
  | NotFoundError
  | ConflictError
  | InvalidRequestError
  | RateLimitedError
  | UnavailableError
  | CircuitOpenError
  | UnexpectedBodyError
  | PartialWriteError;

export type CbbErrorKind = CbbError['kind'];

/** Any kind but the partial write that it may have caused. */
export type StopKind = Exclude<CbbErrorKind, 'partial_write'>;
