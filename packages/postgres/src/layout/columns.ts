/** The columns that the sync reads and writes on the orders table; each name is an option. */
export interface OrderColumns {
  /** Unique, of a text type. */
  readonly orderId: string;
  /** What "newest" means; set at insert. */
  readonly rank: string;
  readonly contactId: string;
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
  readonly bucket: string;
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
  bucket: 'cbb_sync_bucket',
};
