import type { SyncError } from './sync-engine.ts';

export const orderNotFound: SyncError = Object.freeze({
  kind: 'order_not_found',
  message: 'No order has this id; it may not be committed yet.',
  retryable: true,
});
