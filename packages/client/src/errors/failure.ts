import type { Effect, StopKind } from './cbb-error.ts';
import type { CbbErrorCode } from './error-code.ts';

interface FailureDetails {
  /** Overrides what the kind says by itself. */
  readonly retryable?: boolean;
  readonly retryAfterMs?: number;
  /** Overrides what follows from the kind and the operation's intent. */
  readonly effect?: Effect;
  readonly status?: number;
  readonly code?: CbbErrorCode;
  readonly requestId?: string;
  /** Replaces the kind's sentence; never holds a value from outside. */
  readonly reason?: string;
  /** Names of the fields that it is about, where they are known. */
  readonly missingFields?: readonly string[];
}

/** What went wrong, before it is known in which operation: the working form of a `CbbError`. */
export type Failure =
  | (FailureDetails & { readonly kind: StopKind })
  | (FailureDetails & {
      readonly kind: 'partial_write';
      readonly missingFields: readonly string[];
      readonly stoppedBy?: StopKind;
    });
