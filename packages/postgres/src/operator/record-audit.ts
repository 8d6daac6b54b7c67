import type { StoreError } from '@visanet/cbb-sync';
import type { ResultAsync } from 'neverthrow';
import type { StoreParts } from '../store/store-parts.ts';

/** What a person did. Holds no customer data: an order is named by its id. */
export interface AuditEntry {
  /** E.g. `erase`, `retry-failed`. */
  readonly action: string;
  readonly actor: string;
  readonly orderId?: string;
  readonly details?: Readonly<Record<string, string | number | boolean>>;
}

export function createRecordAudit({ database, layout }: StoreParts<unknown>) {
  const sql = `INSERT INTO ${layout.audit} (action, actor, order_id, details)
    VALUES ($1::text, $2::text, $3::text, $4::jsonb)`;
  return (entry: AuditEntry): ResultAsync<void, StoreError> =>
    database.run(sql, [
      entry.action,
      entry.actor,
      entry.orderId ?? null,
      JSON.stringify(entry.details ?? {}),
    ]);
}
