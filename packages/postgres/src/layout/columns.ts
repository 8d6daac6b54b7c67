/** The columns that the sync reads and writes; each name is an option. */
export interface OrderColumns {
  /** Unique; text, varchar, uuid, bigint or integer. */
  readonly orderId: string;
  /** What "newest" means; set at insert. */
  readonly rank: string;
  readonly contactId: string;
  /** Null: the order was there before the sync. */
  readonly status: string;
  readonly attemptedAt: string;
  readonly completedAt: string;
  /** Why an order is failed, skipped or waiting after a failure. */
  readonly error: string;
  readonly contactExists: string;
  readonly hasWhatsApp: string;
  readonly attempts: string;
  readonly crashes: string;
  readonly version: string;
  readonly phoneKey: string;
  readonly dueAt: string;
  /** A claimed order is not handed out again before. */
  readonly claimedUntil: string;
  /** Since when the service was away for this order. */
  readonly failingSince: string;
  readonly bucket: string;
  /** The rank that the order had first, where the host's column moved since. */
  readonly firstRank: string;
}

/** The names of the plan, and of the columns that the protocol adds to it. */
export const ownColumns: Omit<OrderColumns, 'orderId' | 'rank'> = {
  contactId: 'cbb_contact_id',
  status: 'cbb_sync_status',
  attemptedAt: 'cbb_sync_attempted_at',
  completedAt: 'cbb_sync_completed_at',
  error: 'cbb_sync_error',
  contactExists: 'cbb_contact_exists',
  hasWhatsApp: 'cbb_has_whatsapp',
  attempts: 'cbb_sync_attempts',
  crashes: 'cbb_sync_crashes',
  version: 'cbb_sync_version',
  phoneKey: 'cbb_phone_key',
  dueAt: 'cbb_sync_due_at',
  claimedUntil: 'cbb_sync_claimed_until',
  failingSince: 'cbb_sync_failing_since',
  bucket: 'cbb_sync_bucket',
  firstRank: 'cbb_sync_rank',
};

/** Definitions of the columns of ours. */
export function ownColumnTypes(rankType: string): Record<keyof typeof ownColumns, string> {
  return {
    contactId: 'text',
    status: 'varchar(20)',
    attemptedAt: 'timestamptz',
    completedAt: 'timestamptz',
    error: 'text',
    contactExists: 'boolean',
    hasWhatsApp: 'boolean',
    attempts: 'integer NOT NULL DEFAULT 0',
    crashes: 'integer NOT NULL DEFAULT 0',
    version: 'integer NOT NULL DEFAULT 1',
    phoneKey: 'text',
    dueAt: 'timestamptz',
    claimedUntil: 'timestamptz',
    failingSince: 'timestamptz',
    bucket: 'smallint',
    firstRank: rankType,
  };
}
