import type { Operation } from '../resilience/operation.ts';
import type { CbbError, CbbErrorKind, Effect } from './cbb-error.ts';
import type { Failure } from './failure.ts';

const rules: Record<CbbErrorKind, { retryable: boolean; writeEffect: Effect; reason: string }> = {
  network: { retryable: true, writeEffect: 'unknown', reason: 'the connection failed' },
  timeout: { retryable: true, writeEffect: 'unknown', reason: 'no complete answer came in time' },
  aborted: { retryable: true, writeEffect: 'unknown', reason: 'the caller ended the call' },
  unauthorized: { retryable: false, writeEffect: 'none', reason: 'the service does not accept the key' },
  not_found: { retryable: false, writeEffect: 'none', reason: 'the service does not know the contact' },
  conflict: { retryable: false, writeEffect: 'none', reason: 'the contact exists' },
  invalid_request: { retryable: false, writeEffect: 'none', reason: 'the request is not acceptable' },
  rate_limited: { retryable: true, writeEffect: 'none', reason: 'the rate limit is reached' },
  unavailable: { retryable: true, writeEffect: 'unknown', reason: 'the service is unavailable' },
  circuit_open: {
    retryable: true,
    writeEffect: 'none',
    reason: 'nothing was sent because recent requests failed in a row, or the service asked for a pause',
  },
  unexpected_body: {
    retryable: true,
    writeEffect: 'unknown',
    reason: 'the answer is not what the contract says',
  },
  partial_write: { retryable: true, writeEffect: 'unknown', reason: 'not every field was acknowledged' },
};

export function effectOf(failure: Failure, operation: Operation): Effect {
  if (operation.intent === 'read') return 'none';
  return failure.effect ?? rules[failure.kind].writeEffect;
}

export function isRetryable(failure: Failure): boolean {
  return failure.retryable ?? rules[failure.kind].retryable;
}

/** Gives a failure its public form. `effect` covers the attempts before it. */
export function createError(
  failure: Failure,
  operation: Operation,
  effect: Effect = effectOf(failure, operation),
): CbbError {
  const status = failure.status === undefined ? '' : `, HTTP ${failure.status}`;
  const code = failure.code === undefined ? '' : `, ${failure.code}`;
  const common = {
    message: `[cbb-client] ${failure.reason ?? rules[failure.kind].reason} (${operation.name}${status}${code})`,
    operation: operation.name,
    pathTemplate: operation.pathTemplate,
    retryable: isRetryable(failure),
    effect,
    ...(failure.retryAfterMs === undefined ? {} : { retryAfterMs: failure.retryAfterMs }),
    ...(failure.status === undefined ? {} : { status: failure.status }),
    ...(failure.code === undefined ? {} : { code: failure.code }),
    ...(failure.requestId === undefined ? {} : { requestId: failure.requestId }),
  };
  const missingFields = Object.freeze([...(failure.missingFields ?? [])]);
  switch (failure.kind) {
    case 'partial_write':
      return Object.freeze({
        kind: failure.kind,
        ...common,
        missingFields,
        ...(failure.stoppedBy === undefined ? {} : { stoppedBy: failure.stoppedBy }),
      });
    case 'invalid_request':
      return Object.freeze({
        kind: failure.kind,
        ...common,
        ...(missingFields.length === 0 ? {} : { missingFields }),
      });
    default:
      return Object.freeze({ kind: failure.kind, ...common });
  }
}
