import type { MappingFailure } from '../mapping/mapping.ts';
import type { WhatsAppAnswer } from './contact-gateway.ts';

/** `history`: it was there before the sync was, and is left alone until somebody asks for it. */
export type OrderStatus = 'history' | 'pending' | 'syncing' | 'synced' | 'no_whatsapp' | 'failed' | 'skipped';

export interface OrderVersion {
  readonly orderId: string;
  /** Raised by every change of the phone, the eligibility or a mapped column; never by the sync itself. */
  readonly version: number;
}

/** What the sync keeps beside an order. */
export interface OrderState extends OrderVersion {
  readonly status: OrderStatus;
  /** Recorded retryable failures since the last change, success or `retry-failed`. */
  readonly attempts: number;
  /** Normalised phone that the last sync stored; null before the first. */
  readonly phoneKey: string | null;
  /** Why the order is `failed`, `skipped` or waiting after a failure; a closed vocabulary without customer data. */
  readonly reason: string | null;
  /** Time until a `pending` order is due, by the store's clock, whether claimed or not; 0 or less: it is. Else null. */
  readonly dueInMs: number | null;
  /** Time since the service was first found away by this order; null where the last word was another. */
  readonly failingForMs: number | null;
}

export interface ReadableOrder<O> extends OrderState {
  readonly readable: true;
  readonly order: O;
}

/** Its row does not fit the schema, or the schema threw. */
export interface UnreadableOrder extends OrderState {
  readonly readable: false;
  /** What is wrong, by column; never a value. */
  readonly problems: readonly string[];
  /** As `parse` of the mapping answered it: the schema threw, which says nothing of the row. */
  readonly failure?: MappingFailure;
}

export type StoredOrder<O> = ReadableOrder<O> | UnreadableOrder;

export interface Ranked {
  /**
   * Its rank beside the one last applied: `newer` also when nothing was applied yet. `older_than_history`: whatever was
   * applied, but not itself, it is older than an order of the phone from before the sync, and must not overwrite it.
   */
  readonly position: 'newer' | 'applied' | 'older' | 'older_than_history';
}

/** An order that matters to the contact of a phone. */
export type Candidate<O> = StoredOrder<O> & Ranked;

/** What is known to stand in the contact service for one phone key. */
export interface Ledger {
  /** `exists` once a create, find or update proved it. */
  readonly contact: 'unknown' | 'exists';
  /** Hash of each acknowledged field intent, by field name. */
  readonly hashes: Readonly<Record<string, string>>;
  /**
   * Set while the contact may hold a mixture, because a write was left half done or unclear: the hashes of the last
   * order that was applied whole; none where there was no such order.
   */
  readonly appliedHashes: Readonly<Record<string, string>> | null;
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
  /**
   * Newest rank first; all that can matter and no more, so that a phone with many orders costs no more than one with
   * few: its unfinished orders (`pending`, `syncing`, `failed`), the newest `synced` or `no_whatsapp` one, the job's
   * own, and where the ledger is unclean or has `appliedHashes` the order that was last applied.
   */
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

/** An order with the phone key that is to be stored with it. */
export interface KeyedOrder extends OrderVersion {
  readonly phoneKey: string;
  readonly bucket: number;
}
