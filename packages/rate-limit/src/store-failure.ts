/** Why the store could not be asked. Holds nothing of the driver's message, which may name hosts and users. */
export interface RateLimitStoreFailure {
  readonly kind: 'store_unavailable' | 'table_missing';
  readonly store: 'redis' | 'postgres';
  readonly message: string;
}

/** A driver's code such as `ECONNREFUSED` or `42P01`. */
export function codeOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' && /^[A-Z0-9_]{3,32}$/.test(error.code) ? error.code : undefined;
}

const namesOf = { redis: 'Redis', postgres: 'Postgres' } as const;

export function toStoreFailure(store: RateLimitStoreFailure['store'], error: unknown): RateLimitStoreFailure {
  const code = codeOf(error);
  if (store === 'postgres' && code === '42P01') {
    const message = '[cbb-rate-limit] The table is missing. Run ensureRateLimitTable once.';
    return { kind: 'table_missing', store, message };
  }
  const message = `[cbb-rate-limit] ${namesOf[store]} did not answer${code === undefined ? '' : ` (${code})`}.`;
  return { kind: 'store_unavailable', store, message };
}
