import type { StoreError } from '@visanet/cbb-sync';
import { err, type Result, ResultAsync } from 'neverthrow';
import { checkFacts } from '../catalog/check-facts.ts';
import { readTableFacts } from '../catalog/table-facts.ts';
import type { Layout } from '../layout/layout.ts';
import { scopeText } from '../scope/judge-start.ts';
import { readScopeRow } from '../scope/scope-row.ts';
import { createStoreMethods, type StoreMethods } from './store-methods.ts';
import type { StoreParts } from './store-parts.ts';

export interface Checked<O> {
  readonly layout: Layout;
  /** Only those that write to no ledger. */
  readonly methods: Omit<
    StoreMethods<O>,
    'settle' | 'begin' | 'renew' | 'complete' | 'release' | 'voidLedger' | 'beginErase' | 'completeErase'
  >;
}

/**
 * What writes to no ledger needs tables that are right, but no scope, which nobody may know yet: who enqueues, counts or
 * looks asks no contact service. Looks once; what failed is tried again by the next one who asks.
 */
export function createCheckedStore<O>(parts: Omit<StoreParts<O>, 'scope'>) {
  const { database, layout } = parts;
  let checked: Promise<Result<Checked<O>, StoreError>> | null = null;

  async function check(): Promise<Result<Checked<O>, StoreError>> {
    const facts = await readTableFacts(database, layout);
    const known = facts.andThen((found) => checkFacts(found, layout, 'all'));
    if (known.isErr()) return err(known.error);
    const stored = await readScopeRow(database, layout);
    return stored.map((row) => {
      // It may come: what is known without one is not kept.
      if (row === null) checked = null;
      const scope = row === null ? '' : scopeText(row);
      return {
        layout: known.value,
        methods: createStoreMethods<O>({ ...parts, layout: known.value, scope }),
      };
    });
  }

  async function find(): Promise<Result<Checked<O>, StoreError>> {
    checked ??= check();
    const mine = checked;
    const found = await mine;
    if (found.isErr() && checked === mine) checked = null;
    return found;
  }

  async function run<T>(
    use: (found: Checked<O>) => PromiseLike<Result<T, StoreError>>,
  ): Promise<Result<T, StoreError>> {
    const found = await find();
    return found.isErr() ? err(found.error) : use(found.value);
  }

  return {
    with: <T>(use: (found: Checked<O>) => PromiseLike<Result<T, StoreError>>): ResultAsync<T, StoreError> =>
      new ResultAsync(run(use)),
  };
}

export type CheckedStore<O> = ReturnType<typeof createCheckedStore<O>>;
