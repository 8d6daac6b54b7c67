import { maskPhone } from '../privacy/mask-phone.ts';
import { spreadMs } from './backoff.ts';
import type { SyncReport } from './sync-engine.ts';

/** Fills in what most reports have in common. */
export function report(
  orderId: string,
  phoneKey: string | null,
  facts: Pick<SyncReport, 'outcome' | 'status'> & Partial<SyncReport>,
): SyncReport {
  return {
    orderId,
    next: { kind: 'done' },
    reason: null,
    failure: null,
    missingFields: [],
    whatsApp: 'unknown',
    phone: phoneKey === null ? null : maskPhone(phoneKey),
    calls: 0,
    ...facts,
  };
}

export function deferred(
  orderId: string,
  phoneKey: string | null,
  reason: string,
  afterMs: number,
  calls = 0,
): SyncReport {
  const next = { kind: 'defer', afterMs } as const;
  return report(orderId, phoneKey, { outcome: 'deferred', status: 'pending', reason, next, calls });
}

/** How long a transaction of the host's is given before its row is looked at again. */
const lockedRowMs = 1_000;

/** Another transaction holds the order's row: costs nothing, and those who wait come back one by one. */
export function rowLocked(
  orderId: string,
  phoneKey: string | null,
  random: () => number,
  left: { readonly afterMs?: number; readonly calls?: number } = {},
): SyncReport {
  const afterMs = Math.max(left.afterMs ?? 0, spreadMs(lockedRowMs, random));
  return deferred(orderId, phoneKey, 'row_locked', afterMs, left.calls);
}
