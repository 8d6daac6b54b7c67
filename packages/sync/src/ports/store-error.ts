export type StoreErrorKind =
  /** The database did not answer, or not in time. */
  | 'store_unavailable'
  /** A write hit no row although it must: row-level security, a wrong table, a deleted row. */
  | 'row_missing'
  /** The answer to a statement does not have its form. An order that the schema refuses is no error of the store. */
  | 'row_invalid'
  /** A table, column or permission is missing. */
  | 'store_misconfigured'
  /** The ledger belongs to another contract or account. */
  | 'scope_differs'
  /** The database is a copy, or was restored: its ledger says nothing of the contacts. */
  | 'database_differs';

/** How a database was out of reach or refused the work. */
export type StoreErrorCause =
  | 'refused'
  | 'host_unknown'
  | 'timeout'
  | 'password'
  | 'database_missing'
  | 'too_many_connections'
  | 'lost'
  | 'permission'
  | 'row_security'
  | 'statement';

export interface StoreError {
  readonly kind: StoreErrorKind;
  /** Free of customer data. */
  readonly message: string;
  readonly retryable: boolean;
  readonly cause?: StoreErrorCause;
  /** Code of the SQL standard, where a database gave one. */
  readonly sqlState?: string;
  readonly table?: string;
  readonly column?: string;
  readonly constraint?: string;
  /** What a person can do about it, in one sentence. */
  readonly remedy?: string;
}
