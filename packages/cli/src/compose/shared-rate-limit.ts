import type { ContractName, RateLimiter } from '@visanet/cbb-client';
import { createSharedRateLimiter, type RateLimitStoreFailure } from '@visanet/cbb-rate-limit';
import type { CbbConfiguration } from '@visanet/cbb-sync';
import type pg from 'pg';

/** v1.1 allows 100 a minute and account; the room is for requests that are delayed on their way. */
const v11RequestsPerMinute = 90;
/** The finest spacing that the table can hold. */
const mostRequestsPerMinute = 60_000;
const quietMs = 60_000;

/** Why the limit could not be asked, which holds all requests back. */
export interface RateLimitFailure {
  readonly kind: RateLimitStoreFailure['kind'];
  readonly message: string;
}

export interface SharedRateLimitSetup {
  readonly configuration: CbbConfiguration;
  readonly contract: ContractName;
  readonly apiKey: string;
  readonly pool: pg.Pool;
  readonly onFailure: (failure: RateLimitFailure) => void;
}

/** One limit for all commands over the same database and account; undefined where there is none. */
export function sharedRateLimit(setup: SharedRateLimitSetup): RateLimiter | undefined {
  const { api } = setup.configuration;
  const requestsPerMinute =
    api.rateLimitPerMinute ?? (setup.contract === 'v1.1' ? v11RequestsPerMinute : null);
  if (requestsPerMinute === null) return undefined;
  return createSharedRateLimiter({
    key: api.accountId ?? setup.apiKey,
    requestsPerMinute: Math.min(requestsPerMinute, mostRequestsPerMinute),
    store: setup.pool,
    onStoreFailure: tellOncePerMinute(setup.onFailure),
  });
}

/** Every order that waits asks again each second. */
function tellOncePerMinute(tell: (failure: RateLimitFailure) => void) {
  let toldAt = Number.NEGATIVE_INFINITY;
  return ({ kind, message }: RateLimitStoreFailure): void => {
    if (performance.now() - toldAt < quietMs) return;
    toldAt = performance.now();
    tell({
      kind,
      message:
        kind === 'table_missing'
          ? 'no request is sent: the table of the rate limit is missing; run cbb migrate'
          : `no request is sent, because the rate limit cannot be asked: ${message}`,
    });
  };
}
