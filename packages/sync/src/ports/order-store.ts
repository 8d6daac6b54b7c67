import type { ResultAsync } from 'neverthrow';
import type { WhatsAppAnswer } from './contact-gateway.ts';
import type { StoreError } from './store-error.ts';

export type * from './store-error.ts';

export type OrderStatus = 'pending' | 'syncing' | 'synced' | 'no_whatsapp' | 'failed' | 'skipped';

/** An order with what the sync keeps beside it. */
export interface StoredOrder<O> {
  readonly orderId: string;
  readonly order: O;
  /** Raised by every change of the phone, the eligibility or a mapped column; never by the sync itself. */
  readonly version: number;
  readonly status: OrderStatus;
  /** Recorded retryable failures since the last change, success or `retry-failed`. */
  readonly attempts: number;
  /** Normalised phone that the last sync stored; null before the first. */
  readonly phoneKey: string | null;
  /** Why the order is `failed`, `skipped` or waiting after a failure; a closed vocabulary without customer data. */
  readonly reason: string | null;
}

/** An order of the phone key, with its rank compared by the store to the rank last applied. */
export interface Candidate<O> extends StoredOrder<O> {
  /** `newer` also when nothing was applied yet. */
  readonly position: 'newer' | 'applied' | 'older';
}

/** What is known to stand in the contact service for one phone key. */
export interface Ledger {
  /** `exists` once a create, find or update proved it. */
  readonly contact: 'unknown' | 'exists';
  /** Hash of each acknowledged field intent, by field name. */
  readonly hashes: Readonly<Record<string, string>>;
  /** Hashes of the name and email that the contact was created with. */
  readonly identity: { readonly name?: string; readonly email?: string };
  readonly whatsApp: { readonly answer: WhatsAppAnswer; readonly ageMs: number | null };
  /** Time since the values were last read or written whole; null if never. */
  readonly verifiedAgeMs: number | null;
  /** The last holder did not finish, or a stale writer may have overwritten: the hashes prove nothing. */
  readonly unclean: boolean;
  /** An order moved away from this phone: the next-newest may be applied although its rank is lower. */
  readonly repair: boolean;
}

/** Ledger and orders of one phone key at one moment. */
export interface Snapshot<O> {
  readonly ledger: Ledger;
  /** Newest rank first; the job's own order is always among them. */
  readonly candidates: readonly Candidate<O>[];
}

/** Where an order's stored phone key changed: what became of the phone it left. */
export type LeftPhone = 'none' | 'repair_armed' | 'orphaned';

/** Identifies the phone of an order in every form the store needs. */
export interface PhoneIdentity {
  /** Normalised digits. */
  readonly phoneKey: string;
  /** Keyed hash of the phone: all that stays of an erased contact. */
  readonly tombstone: string;
  /** Canary bucket, 0 to 99. */
  readonly bucket: number;
}

export interface OrderVersion {
  readonly orderId: string;
  readonly version: number;
}

/** An order with the phone key that is to be stored with it. */
export interface KeyedOrder extends OrderVersion {
  readonly phoneKey: string;
  readonly bucket: number;
}

export interface LoadAnswer<O> {
  readonly order: StoredOrder<O>;
  /**
   * Up to `unkeyedLimit` other `pending` orders without a phone key, oldest due first, claimed or not. The engine
   * normalises their phones, and `begin` stores them: so orders of one phone that wait together are worked as one.
   */
  readonly unkeyed: readonly StoredOrder<O>[];
}

export interface BeginInput extends OrderVersion {
  readonly phone: PhoneIdentity;
  /** Stored first, each only if the version holds, the order is still without a key, and no other transaction holds the row. */
  readonly keys: readonly KeyedOrder[];
  readonly leaseMs: number;
}

export type BeginAnswer<O> =
  | {
      readonly kind: 'acquired';
      readonly token: string;
      readonly snapshot: Snapshot<O>;
      /** Attempts of the job's own order that ended without a word, this take-over included. */
      readonly crashes: number;
      readonly leftPhone: LeftPhone;
    }
  /** Another holds the lease: its dirty mark is set, and the order gets its key, if it had none, and is due at the lease's end. */
  | { readonly kind: 'busy'; readonly retryAfterMs: number }
  /** The order's version is no longer the one that was read. */
  | { readonly kind: 'changed' }
  /** A tombstone stands. `incomplete`: the erasure itself must be done (again). */
  | { readonly kind: 'erased'; readonly incomplete: boolean };

/** Ends the sync of an order that needs no lease. */
export interface SettleInput extends OrderVersion {
  /** Null where the order has no valid phone, or where nothing of it may be kept. */
  readonly phone: Pick<PhoneIdentity, 'phoneKey' | 'bucket'> | null;
  /** `pending` stores phone and bucket only: the order is outside of the rollout and stays untouched. */
  readonly status: 'skipped' | 'failed' | 'pending';
  readonly reason: string | null;
}

export type SettleAnswer =
  | { readonly kind: 'settled'; readonly leftPhone: LeftPhone }
  | { readonly kind: 'changed' };

/** The ledger as the holder leaves it. */
export interface LedgerWrite {
  readonly contact: 'unknown' | 'exists';
  readonly hashes: Readonly<Record<string, string>>;
  readonly identity: { readonly name?: string; readonly email?: string };
  /** Set where the answer was learnt in this sync; its age starts now. */
  readonly whatsApp?: WhatsAppAnswer;
  /** The values were read or written whole in this sync. */
  readonly verified: boolean;
  /** True keeps the hashes void for the next sync. */
  readonly unclean: boolean;
}

export interface OrderOutcome extends OrderVersion {
  readonly status: 'synced' | 'no_whatsapp' | 'skipped';
  readonly reason: string | null;
  /** Null where the order was skipped. */
  readonly contact: {
    readonly contactId: string;
    /** The contact stood before this sync. */
    readonly existed: boolean;
    readonly hasWhatsApp: boolean | null;
  } | null;
}

export interface CompleteInput {
  readonly phone: PhoneIdentity;
  readonly token: string;
  /** All candidates of the snapshot that was worked on; any difference by now refuses the completion. */
  readonly seen: readonly OrderVersion[];
  /** The order whose rank is applied from now on; null leaves rank and repair mark as they are. */
  readonly appliedOrderId: string | null;
  readonly ledger: LedgerWrite;
  readonly outcomes: readonly OrderOutcome[];
}

export type CompleteAnswer<O> =
  | { readonly kind: 'completed' }
  /** Something changed meanwhile; nothing was written, the lease is still held. */
  | { readonly kind: 'again'; readonly snapshot: Snapshot<O> }
  /** The token no longer holds the lease. */
  | { readonly kind: 'lost' };

export interface ReleaseInput {
  readonly phone: PhoneIdentity;
  readonly token: string;
  readonly ledger: LedgerWrite;
  /** The order whose applied values the hashes describe; null leaves the rank as it is. A repair mark stays in any case. */
  readonly appliedOrderId: string | null;
  /** Written only if the version still holds; else the row stays as the change left it. */
  readonly own: OrderVersion & {
    readonly status: 'pending' | 'failed';
    /** Due time of a pending order, from now. */
    readonly dueInMs: number;
    readonly reason: string | null;
    /** Raises the order's attempt count by one. */
    readonly countsAttempt: boolean;
  };
}

export interface DueRules {
  /** An order `syncing` for longer than this was left by a crash. */
  readonly leaseMs: number;
  /** Orders with a bucket at or above are left alone; orders without a bucket are handed out. */
  readonly rolloutPercent: number;
}

export interface ClaimInput extends DueRules {
  readonly limit: number;
  /** A claimed order is not handed out again for this long. */
  readonly visibilityMs: number;
}

export interface ListDueInput extends DueRules {
  readonly limit: number;
  /** `next` of the page before; null for the first. */
  readonly after: string | null;
}

export interface DuePage {
  readonly orderIds: readonly string[];
  /** Where the next page starts; null after the last one. */
  readonly next: string | null;
}

export type EraseBegin =
  | { readonly kind: 'acquired'; readonly token: string }
  | { readonly kind: 'busy'; readonly retryAfterMs: number };

/**
 * The engine's memory. Each method is one atomic step; times are durations, measured by the store's own clock.
 * A sync without incident is `load`, `begin`, `complete`.
 */
export interface OrderStore<O> {
  /** Null: no such order (it may not be committed yet). */
  load(orderId: string, unkeyedLimit: number): ResultAsync<LoadAnswer<O> | null, StoreError>;
  settle(input: SettleInput): ResultAsync<SettleAnswer, StoreError>;
  /**
   * Stores the phone keys, takes the lease of the phone, marks its ledger unclean, sets the order `syncing`
   * and reads ledger and candidates. `ledger.unclean` tells whether the mark already stood.
   */
  begin(input: BeginInput): ResultAsync<BeginAnswer<O>, StoreError>;
  renew(phone: PhoneIdentity, token: string, leaseMs: number): ResultAsync<'held' | 'lost', StoreError>;
  /** Writes ledger and outcomes and frees the lease, unless an order or the dirty mark changed since the snapshot. */
  complete(input: CompleteInput): ResultAsync<CompleteAnswer<O>, StoreError>;
  /** Frees the lease with the order unfinished. */
  release(input: ReleaseInput): ResultAsync<'released' | 'lost', StoreError>;
  /**
   * The one unguarded write, by a writer that was refused: marks the ledger unclean and dirty (or an erasure
   * incomplete) and makes the order due, so that what it may have overwritten is written again.
   */
  voidLedger(phone: PhoneIdentity, orderId: string): ResultAsync<void, StoreError>;
  /** Hands out due orders, oldest due first, each to one caller. */
  claimDue(input: ClaimInput): ResultAsync<readonly string[], StoreError>;
  /** Pages through all due orders and writes nothing. */
  listDue(input: ListDueInput): ResultAsync<DuePage, StoreError>;
  /** Makes an order that is `pending` or `syncing` due now; others stay as they are. False: no such order. */
  arm(orderId: string): ResultAsync<boolean, StoreError>;
  /** A change that the store could not see: raises the version and makes the order pending, due now. */
  rearm(orderId: string): ResultAsync<boolean, StoreError>;
  /** Ledger and candidates without lease or write, for dry runs; the order counts as one of the phone's. */
  peek(orderId: string, phoneKey: string): ResultAsync<Snapshot<O>, StoreError>;
  /** Writes an incomplete tombstone, takes the lease, and keeps one order of the phone due at the lease's end. */
  beginErase(phone: PhoneIdentity, leaseMs: number): ResultAsync<EraseBegin, StoreError>;
  /**
   * Completes the tombstone, removes the ledger row and takes key and contact id off the phone's orders: finished ones
   * become `skipped` with reason `erased`, unfinished ones are due now, because they may have another phone by now.
   */
  completeErase(phone: PhoneIdentity, token: string): ResultAsync<'completed' | 'lost', StoreError>;
  isErased(tombstone: string): ResultAsync<boolean, StoreError>;
  /** A person's decision: later orders of the phone are synced again. False: there was none. */
  liftTombstone(tombstone: string): ResultAsync<boolean, StoreError>;
}
