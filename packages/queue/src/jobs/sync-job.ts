import { isObject } from '@visanet/cbb-sync';

/** Name of the queue and of its jobs, the same for producers and workers. */
export const syncQueueName = 'cbb-sync';
export const syncJobName = 'sync-contact';

/** All that a job carries: a pointer to the order. The version lets a later release read older jobs. */
export interface SyncJob {
  readonly orderId: string;
  readonly v: 1;
}

export type ParsedSyncJob =
  | { readonly kind: 'job'; readonly orderId: string }
  | { readonly kind: 'rejected'; readonly reason: 'unreadable_data' | 'unknown_version' };

const maxOrderIdLength = 255;

/** True for 1 to 255 characters without control characters or lone surrogates. */
export function isOrderId(value: unknown): value is string {
  return (
    typeof value === 'string' &&
    value.length > 0 &&
    value.length <= maxOrderIdLength &&
    !/[\p{Cc}\p{Cs}]/u.test(value)
  );
}

export function createSyncJob(orderId: string): SyncJob {
  return { orderId, v: 1 };
}

/** Reads what a queue handed out. Anything but the two known keys is refused: it did not come from us. */
export function parseSyncJob(data: unknown): ParsedSyncJob {
  if (!isObject(data) || !('v' in data)) {
    return { kind: 'rejected', reason: 'unreadable_data' };
  }
  if (data.v !== 1) return { kind: 'rejected', reason: 'unknown_version' };
  const known = Object.keys(data).every((key) => key === 'v' || key === 'orderId');
  return known && 'orderId' in data && isOrderId(data.orderId)
    ? { kind: 'job', orderId: data.orderId }
    : { kind: 'rejected', reason: 'unreadable_data' };
}
