import type { Layout } from '../layout/layout.ts';
import { triggerSql } from './trigger-sql.ts';

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
 * Columns and trigger together: from this moment every new row gets its due time, so that rows without one are those
 * that existed before. The status comes without a default first, because a default would be written into old rows too.
 */
export function columnsSql(layout: Layout): string[] {
  const { orders, columns: c } = layout;
  const added = [
    `${c.contactId} varchar(20)`,
    `${c.status} varchar(20)`,
    `${c.attemptedAt} timestamptz`,
    `${c.completedAt} timestamptz`,
    `${c.error} text`,
    `${c.contactExists} boolean`,
    `${c.hasWhatsApp} boolean`,
    `${c.attempts} integer NOT NULL DEFAULT 0`,
    `${c.crashes} integer NOT NULL DEFAULT 0`,
    `${c.version} integer NOT NULL DEFAULT 1`,
    `${c.phoneKey} text`,
    `${c.dueAt} timestamptz`,
    `${c.bucket} smallint`,
  ];
  return [
    `ALTER TABLE ${orders}\n${added.map((column) => `  ADD COLUMN IF NOT EXISTS ${column}`).join(',\n')}`,
    `ALTER TABLE ${orders} ALTER COLUMN ${c.status} SET DEFAULT 'pending'`,
    ...triggerSql(layout),
  ];
}
