import type { ResultAsync } from 'neverthrow';
import type { WhatsAppAnswer } from './contact-gateway.ts';
import type { StoreError } from './store-error.ts';
import type {
  KeyedOrder,
  LeftPhone,
  OrderVersion,
  PhoneIdentity,
  ReadableOrder,
  Snapshot,
  StoredOrder,
} from './stored-order.ts';

export interface LoadAnswer<O> {
  readonly order: StoredOrder<O>;
  /**
   * Where the order itself is `pending` without a phone key: up to `unkeyedLimit` others that are, oldest due first,
   * claimed or not, without those that cannot be read. The engine normalises their phones, and `begin` stores them: so
   * orders of one phone that wait together are worked as one.
   */
  readonly unkeyed: readonly ReadableOrder<O>[];
}

export interface BeginInput extends OrderVersion {
  readonly phone: PhoneIdentity;
  /** Stored first, each only if the version holds, the order is still without a key, and no other transaction holds the row. */
  readonly keys: readonly KeyedOrder[];
  readonly leaseMs: number;
  /**
   * Token of a lease of this process that it could not give back: where the phone still has it, whether it ran out or
   * not, it is taken over at once, unclean, and counts no crash.
   */
  readonly resumes?: string;
}

export type BeginAnswer<O> =
  | {
      readonly kind: 'acquired';
      readonly token: string;
      readonly snapshot: Snapshot<O>;
      /**
       * Attempts of the job's own order that ended without a word, this take-over included. One is counted where the
       * order is `syncing` and the lease of its phone ran out, unless a holder said that it left the order so.
       */
      readonly crashes: number;
      readonly leftPhone: LeftPhone;
    }
  /**
   * Another holds the lease. The order gets its key, if it had none, so that the holder sees it; all else stays: its
   * status, its due time, the holder's marks.
   */
  | { readonly kind: 'busy'; readonly retryAfterMs: number }
  /** The order's version is no longer the one that was read. */
  | { readonly kind: 'changed' }
  /** Another transaction holds the order, or all those that the phone it leaves needs one of; nothing was done. */
  | { readonly kind: 'locked' }
  /** A tombstone stands. `incomplete`: the erasure itself must be done (again). */
  | { readonly kind: 'erased'; readonly incomplete: boolean };

/** Ends the sync of an order that needs no lease. */
export interface SettleInput extends OrderVersion {
  /** Null where the order has no valid phone, or where nothing of it may be kept; `unchanged` where nobody can say. */
  readonly phone: Pick<PhoneIdentity, 'phoneKey' | 'bucket'> | 'unchanged' | null;
  /** `pending` stores phone and bucket only: the order is outside of the rollout and stays untouched. */
  readonly status: 'skipped' | 'failed' | 'pending';
  readonly reason: string | null;
}

export type SettleAnswer =
  | { readonly kind: 'settled'; readonly leftPhone: LeftPhone }
  | { readonly kind: 'changed' }
  /** As for `begin`. */
  | { readonly kind: 'locked' }
  /**
   * Nothing was written: the order stays with its phone, whose contact needs work first, under a lease. The ledger has
   * `appliedHashes`, a repair or a void mark, or is unclean: also while its holder works, who may leave the contact half
   * written with the order that is to end here. Never where the order stays `pending`.
   */
  | { readonly kind: 'unsettled' };

/** The ledger as the holder leaves it. */
export interface LedgerWrite {
  readonly contact: 'unknown' | 'exists';
  readonly hashes: Readonly<Record<string, string>>;
  /** As in the ledger: what is left half done now, if anything. */
  readonly appliedHashes: Readonly<Record<string, string>> | null;
  readonly identity: { readonly name?: string; readonly email?: string };
  /** Set where the answer was learnt in this sync; its age starts now. */
  readonly whatsApp?: WhatsAppAnswer;
  /** The values were read or written whole in this sync. */
  readonly verified: boolean;
  /** True keeps the hashes void for the next sync. */
  readonly unclean: boolean;
}

export interface OrderOutcome extends OrderVersion {
  readonly status: 'synced' | 'no_whatsapp' | 'skipped' | 'failed';
  readonly reason: string | null;
  /** Null where the order was skipped or failed: contact id and WhatsApp stay as they are then. */
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
  /** The job's own order. */
  readonly orderId: string;
  /** All candidates of the snapshot that was worked on. */
  readonly seen: readonly OrderVersion[];
  /** The order whose rank is applied from now on; null leaves rank and repair mark as they are. */
  readonly appliedOrderId: string | null;
  readonly ledger: LedgerWrite;
  /** The contact holds what no order of the phone accounts for: a person decides what becomes of it. */
  readonly orphaned: boolean;
  readonly outcomes: readonly OrderOutcome[];
}

export type CompleteAnswer<O> =
  /**
   * `locked`: orders of `outcomes` that another transaction holds. They stay as they are, so unfinished; where the
   * job's own is among them, the ledger keeps that it was left so and is no crash.
   */
  | { readonly kind: 'completed'; readonly locked: readonly string[] }
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
    /** Due time of a pending order, from now; no mark of the ledger shortens it. */
    readonly dueInMs: number;
    readonly reason: string | null;
    /** Raises the order's attempt count by one. */
    readonly countsAttempt: boolean;
    /** The service was away: the time since when starts now, unless it runs. */
    readonly failing: boolean;
  };
}

export type ReleaseAnswer =
  /** `locked`: another transaction holds the order; it stays `syncing`, which the ledger keeps as no crash. */
  | { readonly kind: 'released'; readonly locked: boolean }
  /** The token no longer holds the lease. */
  | { readonly kind: 'lost' };

/**
 * What one sync needs: `load`, `begin`, `complete` where nothing goes wrong, and `load` alone where nothing is to do.
 *
 * Rows of orders are the host's: no method waits for one that another transaction holds. It is left as it is and
 * answered as `locked`, which is never mistaken for a row that is missing.
 */
export interface SyncStore<O> {
  /** Null: no such order (it may not be committed yet). */
  load(orderId: string, unkeyedLimit: number): ResultAsync<LoadAnswer<O> | null, StoreError>;
  /** Makes an order of `history` pending and due now; one that is no longer history stays as it is. */
  admit(orderId: string): ResultAsync<'admitted' | 'locked', StoreError>;
  settle(input: SettleInput): ResultAsync<SettleAnswer, StoreError>;
  /**
   * Stores the phone keys, takes the lease of the phone, marks its ledger unclean, sets the order `syncing`, ends its
   * claim, and reads ledger and candidates. `ledger.unclean` tells whether the mark already stood.
   */
  begin(input: BeginInput): ResultAsync<BeginAnswer<O>, StoreError>;
  renew(phone: PhoneIdentity, token: string, leaseMs: number): ResultAsync<'held' | 'lost', StoreError>;
  /**
   * Writes ledger and outcomes and frees the lease, unless the phone has an unfinished order that is not among `seen`,
   * or one of `seen` is no longer an order of the phone at its version, or a repair or a stale writer left its mark.
   */
  complete(input: CompleteInput): ResultAsync<CompleteAnswer<O>, StoreError>;
  /** Frees the lease with the order unfinished. */
  release(input: ReleaseInput): ResultAsync<ReleaseAnswer, StoreError>;
  /**
   * The one unguarded write, by a writer that was refused: marks the ledger void (or an erasure incomplete) and makes
   * the order due, and the newest of the phone that is not skipped and that no other transaction holds, so that what it
   * may have overwritten is written again. `locked`: the mark is set, but no order could be made due; say it again.
   */
  voidLedger(phone: PhoneIdentity, orderId: string): ResultAsync<'voided' | 'locked', StoreError>;
}
