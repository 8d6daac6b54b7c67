import type { Layout } from '../layout/layout.ts';
import { inMs } from './fragments.ts';

const free = '(l.lease_token IS NULL OR l.lease_expires_at <= now())';

interface LeaseSource {
  readonly scope: string;
  readonly key: string;
  readonly leaseMs: string;
  /** Parts of one row, or of none where the lease must not be taken. */
  readonly from: string;
  /** When a lease that is held may be taken all the same. */
  readonly resumes?: string;
  /** More assignments. */
  readonly also?: string;
}

/**
 * Takes the lease where it is free, as a part `taken`. A row that came after the statement's snapshot is seen by the
 * condition of the conflict.
 */
export function takeLease(layout: Layout, { scope, key, leaseMs, from, resumes, also }: LeaseSource): string {
  return `taken AS (
    INSERT INTO ${layout.ledger} AS l (scope, phone_key, lease_token, lease_expires_at, unclean)
    SELECT ${scope}, ${key}, gen_random_uuid(), now() + ${inMs(leaseMs)}, true FROM ${from}
    ON CONFLICT (scope, phone_key) DO UPDATE SET
      lease_token = EXCLUDED.lease_token, lease_expires_at = EXCLUDED.lease_expires_at,
      unclean_shown = l.unclean OR l.voided, unclean = true, voided = false, dirty = false, orphaned = false,
      written_at = now()${also === undefined ? '' : `, ${also}`}
    WHERE ${free}${resumes === undefined ? '' : ` OR l.lease_token::text = ${resumes}`}
    RETURNING l.*)`;
}

/** Milliseconds that the lease of another still lasts; all of one where it was taken a moment ago. */
export function restOfLease(source: string, leaseMs: string): string {
  return `COALESCE((SELECT GREATEST(0, EXTRACT(EPOCH FROM l.lease_expires_at - clock_timestamp()) * 1000) FROM ${source} l),
    ${leaseMs}::float8)`;
}
