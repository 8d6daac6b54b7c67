import { quote } from '../layout/identifiers.ts';
import type { Layout } from '../layout/layout.ts';
import { idText, newestFirst, rankOf, unfinished } from '../store/fragments.ts';

export interface IndexDefinition {
  readonly name: string;
  readonly sql: string;
}

/** Expressions of an index name no table. */
const plain = (sql: string) => sql.replaceAll('s."', '"');

/** Each statement runs by itself, outside of a transaction. */
export function indexes(layout: Layout): IndexDefinition[] {
  const { state, stateName, beside, keyType, columns: c } = layout;
  const id =
    keyType === 'text' ? `${plain(idText(layout))} COLLATE "C"` : `(${plain(idText(layout))}) COLLATE "C"`;
  const rank = plain(beside ? rankOf(layout) : `(${rankOf(layout)})`);
  const newest = plain(newestFirst(layout))
    .replace(plain(rankOf(layout)), rank)
    .replace(`${plain(idText(layout))} COLLATE "C"`, id);
  // Bucket and id are part of the key: pages go on within the index, and orders outside of the rollout are passed over.
  const within = `${id}, (COALESCE(${c.bucket}, -1))`;
  const shared: Readonly<Record<string, string>> = {
    cbb_unfinished: `(${c.phoneKey}) WHERE ${plain(unfinished(layout))}`,
    cbb_newest: `(${c.phoneKey}, ${newest}) WHERE ${c.status} <> 'skipped'`,
    cbb_skipped: `(${c.phoneKey}) WHERE ${c.status} = 'skipped'`,
    cbb_due: `(${c.dueAt}, ${within}) WHERE ${c.status} = 'pending'`,
    cbb_unkeyed: `(${c.dueAt}) WHERE ${c.status} = 'pending' AND ${c.phoneKey} IS NULL`,
    cbb_syncing: `(${c.attemptedAt}, ${within}) WHERE ${c.status} = 'syncing'`,
    cbb_failed: `(${id}) WHERE ${c.status} = 'failed'`,
  };
  const inline = {
    // The plan's.
    cbb_sync_status: `(${c.status})`,
    cbb_contact_id: `(${c.contactId})`,
    cbb_rank: `(${rank}, ${id})`,
  };
  return Object.entries({ ...(beside ? {} : inline), ...shared }).map(([suffix, shape]) => {
    const name = `idx_${stateName}_${suffix}`;
    return { name, sql: `CREATE INDEX CONCURRENTLY IF NOT EXISTS ${quote(name)} ON ${state} ${shape}` };
  });
}
