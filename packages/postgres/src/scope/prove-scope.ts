import type { StoreError } from '@visanet/cbb-sync';
import { err, ok, type Result } from 'neverthrow';
import type { Database } from '../client/database.ts';
import { misconfigured } from '../client/store-errors.ts';
import type { Layout } from '../layout/layout.ts';
import { readIdentity } from './database-identity.ts';
import { judgeStart } from './judge-start.ts';
import { databaseDiffers, noScope, scopeDiffers } from './scope-errors.ts';
import {
  insertScopeRow,
  markFailover,
  markSeen,
  type ProvenScope,
  readScopeRow,
  type ScopeRow,
} from './scope-row.ts';

export interface ScopeFinding {
  readonly scope: ProvenScope;
  /** A standby took over since a store was here last. */
  readonly failover: boolean;
}

interface Parts {
  readonly database: Database;
  readonly layout: Layout;
  readonly stored: ScopeRow | null;
  /** Null: the service was not asked, or did not answer. */
  readonly proven: ProvenScope | null;
}

/** Whether account and database are those that the ledger speaks of; says so to those who come later. */
export async function proveScope({
  database,
  layout,
  stored,
  proven,
}: Parts): Promise<Result<ScopeFinding, StoreError>> {
  const read = await readIdentity(database);
  if (read.isErr()) return err(read.error);
  const identity = read.value;
  const judged = judgeStart({ proven, stored, identity });
  switch (judged.kind) {
    case 'no_scope':
      return err(noScope());
    case 'scope_differs':
      return err(scopeDiffers(judged.stored, judged.proven));
    case 'database_differs':
      return err(databaseDiffers(judged.what));
    case 'first': {
      const inserted = await insertScopeRow(database, layout, judged.scope, identity);
      if (inserted.isErr()) return err(inserted.error);
      // Where others came at the same time, the first one's stays.
      const row = await readScopeRow(database, layout);
      if (row.isErr()) return err(row.error);
      if (row.value === null) return err(misconfigured('The scope of the ledger could not be stored.'));
      return proveScope({ database, layout, stored: row.value, proven });
    }
    case 'failover':
    case 'same': {
      const failover = judged.kind === 'failover';
      const mark = failover ? markFailover : markSeen;
      const marked = await mark(database, layout, identity);
      if (marked.isErr() && !readsOnly(marked.error)) return err(marked.error);
      return ok({ scope: judged.scope, failover });
    }
  }
}

/** A role that only reads, or a standby: what cannot write does no harm, and leaves the mark to those that can. */
const readsOnly = ({ cause, sqlState }: StoreError) =>
  cause === 'permission' || cause === 'row_security' || sqlState === '25006';
