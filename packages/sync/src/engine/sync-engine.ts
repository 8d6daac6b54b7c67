import type { ResultAsync } from 'neverthrow';
import type { GatewayErrorKind, WhatsAppAnswer } from '../ports/contact-gateway.ts';
import type { DuePage, OrderStatus, StoreError } from '../ports/order-store.ts';

/** Every kind of failure that an order can end or wait with; its stored reason begins with it. */
export const failureKinds = [
  'network',
  'timeout',
  'aborted',
  'unauthorized',
  'not_found',
  'conflict',
  'invalid_request',
  'rate_limited',
  'unavailable',
  'circuit_open',
  'unexpected_body',
  'partial_write',
  'invalid_phone',
  'row_invalid',
  'mapping_failed',
  'whatsapp_unknown',
  'crashed',
] as const satisfies readonly (GatewayErrorKind | string)[];

export type FailureKind = (typeof failureKinds)[number];

/** What the host must do with the job; decided by the engine alone. */
export type NextStep =
  | { readonly kind: 'done' }
  /** A counted failure: run the order again after this time. */
  | { readonly kind: 'retry'; readonly afterMs: number }
  /** No fault of the order: run it again after this time; costs no attempt. */
  | { readonly kind: 'defer'; readonly afterMs: number }
  /** The service rejects the key: stop taking work until a person has repaired it. */
  | { readonly kind: 'stop' };

export type SyncOutcome = 'created' | 'updated' | 'unchanged' | 'skipped' | 'deferred' | 'partial' | 'failed';

/** The one outcome of one order. Holds no customer data but the masked phone. */
export interface SyncReport {
  readonly orderId: string;
  readonly outcome: SyncOutcome;
  /** The order's status as it was left. */
  readonly status: OrderStatus;
  readonly next: NextStep;
  /** Why it was skipped, deferred, partial or failed; or `covered_by_newer` of an unchanged one. */
  readonly reason: string | null;
  readonly failure: FailureKind | null;
  readonly missingFields: readonly string[];
  readonly whatsApp: WhatsAppAnswer;
  /** E.g. `447700***123`; null without a valid phone. */
  readonly phone: string | null;
  /** Calls made to the contact gateway. */
  readonly calls: number;
}

/** Why an order has no outcome at all: nothing was decided and nothing may be concluded. */
export type SyncError =
  | { readonly kind: 'order_not_found'; readonly message: string; readonly retryable: true }
  | { readonly kind: 'aborted'; readonly message: string; readonly retryable: true }
  | { readonly kind: 'disabled'; readonly message: string; readonly retryable: false }
  | StoreError;

/** `off` and `dry_run`: no worker and no sweep takes orders. */
export type SyncMode = 'on' | 'off' | 'dry_run';

export interface RunOptions {
  readonly signal?: AbortSignal;
}

export interface SyncOptions extends RunOptions {
  /** Writes every field again, whatever the ledger says. */
  readonly force?: boolean;
  /** A person asks: an order that waits after a failure, or for a pause to end, is tried now. */
  readonly now?: boolean;
  /** Takes an order from before the sync into it; without, such an order is skipped. */
  readonly history?: boolean;
}

/** What queue adapters and hosts need of the engine. */
export interface SyncEngine {
  readonly mode: SyncMode;
  /** How long one sync may hold a phone; adapters size their own locks by it. */
  readonly leaseMs: number;
  sync(orderId: string, options?: SyncOptions): ResultAsync<SyncReport, SyncError>;
  /** How long a claimed order that was not begun is hidden from other claims. */
  readonly claimVisibilityMs: number;
  /** Atomically takes up to `limit` due orders; each is handed out again if it is not begun in time. */
  claimDue(limit: number): ResultAsync<readonly string[], SyncError>;
  /** A page of the due orders, claimed or not, without taking any; `after` is `next` of the page before. */
  listDue(after: string | null, limit: number): ResultAsync<DuePage, SyncError>;
  /** Makes an unfinished order due now. */
  arm(orderId: string): ResultAsync<void, SyncError>;
}
