import type { StartReport, StoreError } from '@visanet/cbb-sync';
import { err, ok, type Result } from 'neverthrow';
import { checkFacts } from '../catalog/check-facts.ts';
import { readTableFacts } from '../catalog/table-facts.ts';
import type { Database } from '../client/database.ts';
import { differs, misconfigured, unavailable } from '../client/store-errors.ts';
import type { Layout } from '../layout/layout.ts';
import { compareIdentity } from './compare-identity.ts';
import {
  type DatabaseIdentity,
  type ProvenScope,
  readIdentity,
  readScopeRow,
  type ScopeRow,
  scopeText,
  writeScopeRow,
} from './scope-row.ts';

export interface ScopeRefusal {
  /** Free of customer data. */
  readonly message: string;
  readonly retryable: boolean;
}

/** Asks the contact service whose account it is. */
export type ScopeProof = () => PromiseLike<Result<ProvenScope, ScopeRefusal>>;

export interface StartInput {
  readonly database: Database;
  readonly layout: Layout;
  /** Null: what is stored counts. */
  readonly prove: ScopeProof | null;
}

export interface StartedStore {
  readonly layout: Layout;
  readonly scope: ProvenScope;
  /** False: the service was away; to be asked again before the first write. */
  readonly proven: boolean;
  readonly report: StartReport;
}

/** Proves that tables, scope and database are those that the ledger speaks of. */
export async function startStore({
  database,
  layout,
  prove,
}: StartInput): Promise<Result<StartedStore, StoreError>> {
  const facts = await readTableFacts(database, layout);
  const checked = facts.andThen((found) => checkFacts(found, layout, 'all'));
  if (checked.isErr()) return err(checked.error);
  const stored = await readScopeRow(database, layout);
  if (stored.isErr()) return err(stored.error);
  const scope = await chooseScope(prove, stored.value);
  if (scope.isErr()) return err(scope.error);
  const identity = await readIdentity(database);
  if (identity.isErr()) return err(identity.error);
  const settled = await settleScope(stored.value, scope.value.scope, {
    database,
    layout,
    identity: identity.value,
  });
  if (settled.isErr()) return err(settled.error);
  const failover = await judgeDatabase(database, layout, settled.value, identity.value);
  return failover.map((took) => ({
    layout: checked.value,
    ...scope.value,
    report: { ...scope.value.scope, failover: took },
  }));
}

async function chooseScope(
  prove: ScopeProof | null,
  stored: ScopeRow | null,
): Promise<Result<{ scope: ProvenScope; proven: boolean }, StoreError>> {
  if (prove !== null) {
    const asked = await askScope(prove);
    if (asked.isOk()) return ok({ scope: asked.value, proven: true });
    if (stored === null || !asked.error.retryable) return err(asked.error);
  }
  if (stored === null) {
    const remedy = 'Give createPostgresStore the scope that the client proves: scope: () => client.scope().';
    return err(misconfigured('No account is known yet.', { remedy }));
  }
  const { contract, account } = stored;
  return ok({ scope: { contract, account }, proven: prove === null });
}

/** What the service says; a host's function may throw. */
export async function askScope(prove: ScopeProof): Promise<Result<ProvenScope, StoreError>> {
  try {
    const asked = await prove();
    return asked.mapErr(({ message, retryable }) => {
      const text = `The account of the contact service could not be proven: ${message}`;
      return retryable ? unavailable(text) : misconfigured(text);
    });
  } catch {
    return err(unavailable('The account of the contact service could not be proven: the function threw.'));
  }
}

async function settleScope(
  stored: ScopeRow | null,
  scope: ProvenScope,
  { database, layout, identity }: { database: Database; layout: Layout; identity: DatabaseIdentity },
): Promise<Result<ScopeRow, StoreError>> {
  if (stored !== null) return sameScope(stored, scope);
  // Where others come at the same time, the first one's stays.
  const written = await writeScopeRow(database, layout, scope, identity);
  if (written.isErr()) return err(written.error);
  const row = await readScopeRow(database, layout);
  if (row.isErr()) return err(row.error);
  return row.value === null
    ? err(misconfigured('The scope of the ledger could not be stored.'))
    : sameScope(row.value, scope);
}

/** Whether what is stored is what was proven. */
export function sameScope<S extends ProvenScope>(stored: S, proven: ProvenScope): Result<S, StoreError> {
  if (scopeText(stored) === scopeText(proven)) return ok(stored);
  return err(
    differs(
      'scope_differs',
      `The ledger describes the contacts of ${scopeText(stored)}, but the client proved ${scopeText(proven)}.`,
      'Check CBB_API_KEY, CBB_API_URL and CBB_API_CONTRACT. Where the change is meant: cbb adopt, or in a copy of the database: cbb separate.',
    ),
  );
}

async function judgeDatabase(
  database: Database,
  layout: Layout,
  stored: ScopeRow,
  identity: DatabaseIdentity,
): Promise<Result<boolean, StoreError>> {
  const verdict = compareIdentity(stored, identity);
  if (verdict.kind === 'same') return ok(false);
  if (verdict.kind === 'differs') {
    return err(
      differs(
        'database_differs',
        `This database is a copy or was restored: ${verdict.what}. What the ledger says of the contacts may be outdated.`,
        'After a restore: cbb adopt. In a copy, for example in staging: cbb separate.',
      ),
    );
  }
  const voided = await database.run(failoverSql(layout), [identity.timeline]);
  return voided.map(() => true);
}

/** What was written in the last minutes may be lost here, while the contacts have it. `$1` the new timeline. */
export function failoverSql({ ledger, scope }: Layout): string {
  return `WITH moved AS (UPDATE ${scope} s SET timeline = $1::int, seen_at = now() WHERE s.timeline < $1::int RETURNING 1)
  UPDATE ${ledger} l SET voided = true, dirty = true FROM moved WHERE l.written_at > now() - interval '10 minutes'`;
}
