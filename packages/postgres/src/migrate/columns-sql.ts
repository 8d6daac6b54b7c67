import type { Layout } from '../layout/layout.ts';
import { ownColumnDefinitions } from './tables-sql.ts';
import { type TriggerSources, triggerSql } from './trigger-sql.ts';

/** One short transaction that gives up instead of queueing behind a long one, and everyone behind it. */
export function shortTransaction(lockTimeoutMs: number, statements: readonly string[]): string {
  return `DO $cbb$
BEGIN
PERFORM set_config('lock_timeout', '${lockTimeoutMs}ms', true);
${statements.map((statement) => `${statement};`).join('\n')}
END
$cbb$`;
}

/**
 * Columns and trigger together: from this moment every new row gets its due time, so that rows without a status are
 * those that existed before. It comes without a default first, because a default would be written into old rows too.
 */
export function columnsSql(layout: Layout, sources: TriggerSources): string[] {
  const { orders, ordersLiteral, beside, columns: c } = layout;
  const triggers = triggerSql(layout, sources);
  if (beside) return triggers;
  const added = ownColumnDefinitions(layout).map((column) => `  ADD COLUMN IF NOT EXISTS ${column}`);
  return [
    `ALTER TABLE ${orders}\n${added.join(',\n')}`,
    // The plan's varchar(20) is too short for the contact ids of some accounts.
    `IF EXISTS (SELECT 1 FROM pg_attribute WHERE attrelid = ${ordersLiteral}::regclass
  AND attname = '${c.contactId.replaceAll('"', '')}' AND atttypid <> 'text'::regtype) THEN
  ALTER TABLE ${orders} ALTER COLUMN ${c.contactId} TYPE text;
END IF`,
    `ALTER TABLE ${orders} ALTER COLUMN ${c.status} SET DEFAULT 'pending'`,
    ...triggers,
  ];
}
