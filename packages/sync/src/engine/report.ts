import { maskPhone } from '../privacy/mask-phone.ts';
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
