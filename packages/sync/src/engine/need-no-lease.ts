import type { StoredOrder } from '../ports/order-store.ts';
import type { EngineParts } from './parts.ts';
import { deferred, report } from './report.ts';
import type { SyncOptions, SyncReport } from './sync-engine.ts';

/** The report of an order of which its row alone says that nothing is to be done now; else null. */
export function endedByRow<O>(
  { settings }: EngineParts<O>,
  stored: StoredOrder<O>,
  options: SyncOptions,
): SyncReport | null {
  const { orderId, phoneKey, status } = stored;
  if (options.force) return null;
  if (status === 'synced' || status === 'no_whatsapp') {
    // A look at the contact is due by its ledger's age, which the row does not tell.
    if (settings.verifyAfterMs !== undefined) return null;
    const whatsApp = status === 'no_whatsapp' ? 'no' : 'unknown';
    return report(orderId, phoneKey, { outcome: 'unchanged', status, whatsApp });
  }
  const restMs = status === 'pending' ? (stored.dueInMs ?? 0) : 0;
  const waits = stored.attempts > 0 || stored.reason !== null;
  return waits && restMs > 0 && !options.now ? deferred(orderId, phoneKey, 'not_due', restMs) : null;
}
