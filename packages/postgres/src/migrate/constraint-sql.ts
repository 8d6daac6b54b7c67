import type { Layout } from '../layout/layout.ts';

/** The name of the plan, so that its own SQL ends in the same schema. */
const name = 'check_cbb_sync_status';

/** Not valid at first: existing rows are checked by `validateSql`, which blocks no writer. */
export function constraintSql({ state, stateLiteral, columns: c }: Layout): string[] {
  const statuses = ['pending', 'syncing', 'synced', 'failed', 'no_whatsapp', 'skipped'];
  const list = statuses.map((status) => `'${status}'`).join(', ');
  return [
    `IF EXISTS (SELECT 1 FROM pg_constraint WHERE conrelid = ${stateLiteral}::regclass
  AND conname = '${name}' AND pg_get_constraintdef(oid) NOT LIKE '%skipped%') THEN
  ALTER TABLE ${state} DROP CONSTRAINT ${name};
END IF`,
    `IF NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conrelid = ${stateLiteral}::regclass
  AND conname = '${name}') THEN
  ALTER TABLE ${state} ADD CONSTRAINT ${name} CHECK (${c.status} IN (${list})) NOT VALID;
END IF`,
  ];
}

export function validateSql({ state }: Layout): string {
  return `ALTER TABLE ${state} VALIDATE CONSTRAINT ${name}`;
}
