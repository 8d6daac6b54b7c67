import type { StartReport, StoreError } from '@visanet/cbb-sync';
import { err, ok, type Result } from 'neverthrow';
import { checkFacts } from '../catalog/check-facts.ts';
import { readTableFacts } from '../catalog/table-facts.ts';
import { answersWithin } from '../client/answers-within.ts';
import type { Database } from '../client/database.ts';
import type { Layout } from '../layout/layout.ts';
import { askScope, type ScopeProof } from './ask-scope.ts';
import { proveScope } from './prove-scope.ts';
import { type ProvenScope, readScopeRow, type ScopeRow } from './scope-row.ts';

export interface StartInput {
  readonly database: Database;
  readonly layout: Layout;
  /** Null: what is stored counts. */
  readonly prove: ScopeProof | null;
  /** How long the database may take, and then the proof. */
  readonly startTimeoutMs: number;
}

export interface StartedStore {
  /** With what only the catalog knows. */
  readonly layout: Layout;
  readonly scope: ProvenScope;
  /** False: the service was away; to be asked again before the first write. */
  readonly proven: boolean;
  readonly report: StartReport;
}

/** Proves that tables, account and database are those that the ledger speaks of. */
export async function startStore(input: StartInput): Promise<Result<StartedStore, StoreError>> {
  const { database, prove, startTimeoutMs } = input;
  const looked = await answersWithin(startTimeoutMs, look(input));
  if (looked.isErr()) return err(looked.error);
  const { layout, stored } = looked.value;
  const asked = await askUnlessStored(input, stored);
  if (asked.isErr()) return err(asked.error);
  const proven = asked.value;
  const found = await answersWithin(startTimeoutMs, proveScope({ database, layout, stored, proven }));
  return found.map(({ scope, failover }) => ({
    layout,
    scope,
    proven: prove === null || proven !== null,
    report: { ...scope, failover },
  }));
}

interface Look {
  readonly layout: Layout;
  readonly stored: ScopeRow | null;
}

async function look({ database, layout }: StartInput): Promise<Result<Look, StoreError>> {
  const facts = await readTableFacts(database, layout);
  const checked = facts.andThen((found) => checkFacts(found, layout, 'all'));
  if (checked.isErr()) return err(checked.error);
  const read = await readScopeRow(database, layout);
  return read.map((stored) => ({ layout: checked.value, stored }));
}

/** Where the service is away, what is stored is enough for reading. */
async function askUnlessStored(
  { prove, startTimeoutMs }: StartInput,
  stored: ScopeRow | null,
): Promise<Result<ProvenScope | null, StoreError>> {
  if (prove === null) return ok(null);
  const asked = await askScope(prove, startTimeoutMs);
  return asked.isErr() && asked.error.retryable && stored !== null ? ok(null) : asked;
}

/** The same for a store that has started: what may have changed is the scope that is stored, and the server. */
export function startAgain(
  { database, layout, startTimeoutMs }: StartInput,
  started: StartedStore,
): Promise<Result<StartedStore, StoreError>> {
  async function lookAgain(): Promise<Result<StartedStore, StoreError>> {
    const stored = await readScopeRow(database, layout);
    if (stored.isErr()) return err(stored.error);
    const parts = { database, layout, stored: stored.value, proven: started.scope };
    const found = await proveScope(parts);
    return found.map(({ scope, failover }) => ({ ...started, report: { ...scope, failover } }));
  }
  return answersWithin(startTimeoutMs, lookAgain());
}
