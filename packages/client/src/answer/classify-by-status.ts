import type { CbbErrorKind } from '../errors/cbb-error.ts';
import type { Failure } from '../errors/failure.ts';
import type { HttpAnswer } from './http-answer.ts';

type StatusKind = Exclude<CbbErrorKind, 'partial_write'>;

const kinds: Readonly<Record<number, StatusKind>> = {
  401: 'unauthorized',
  403: 'unauthorized',
  404: 'not_found',
  // The service gave up on reading the request: nothing says whether it had acted.
  408: 'unavailable',
  409: 'conflict',
  410: 'not_found',
  429: 'rate_limited',
};

function kindOf(status: number): StatusKind | null {
  if (status >= 200 && status < 300) return null;
  if (status >= 500) return 'unavailable';
  if (status >= 400) return kinds[status] ?? 'invalid_request';
  return 'unexpected_body';
}

/** For contracts that use HTTP statuses truthfully. */
export function classifyByStatus({ status, retryAfterMs }: HttpAnswer): Failure | null {
  const kind = kindOf(status);
  if (kind === null) return null;
  return { kind, status, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) };
}
