import { quote } from '../layout/identifiers.ts';
import type { Layout } from '../layout/layout.ts';

export interface IndexDefinition {
  readonly name: string;
  readonly sql: string;
}

/** The first two are the plan's. Each statement runs by itself, outside of a transaction. */
export function indexes({ orders, ordersName, columns: c }: Layout): IndexDefinition[] {
  const shapes: Readonly<Record<string, string>> = {
    cbb_sync_status: `(${c.status})`,
    cbb_contact_id: `(${c.contactId})`,
    cbb_phone_key: `(${c.phoneKey})`,
    // The bucket is part of the key, so that orders outside of the rollout are passed over within the index.
    cbb_due: `(${c.dueAt}, (COALESCE(${c.bucket}, -1))) WHERE ${c.status} = 'pending'`,
    cbb_unkeyed: `(${c.dueAt}) WHERE ${c.status} = 'pending' AND ${c.phoneKey} IS NULL`,
    cbb_syncing: `(${c.attemptedAt}) WHERE ${c.status} = 'syncing'`,
    cbb_failed: `(${c.orderId} COLLATE "C") WHERE ${c.status} = 'failed'`,
    cbb_rank: `(${c.rank}, ${c.orderId} COLLATE "C")`,
  };
  return Object.entries(shapes).map(([suffix, shape]) => {
    const name = `idx_${ordersName}_${suffix}`;
    return { name, sql: `CREATE INDEX CONCURRENTLY IF NOT EXISTS ${quote(name)} ON ${orders} ${shape}` };
  });
}
