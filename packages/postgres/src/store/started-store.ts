import type { StartReport, StoreError } from '@visanet/cbb-sync';
import { err, ok, type Result, ResultAsync } from 'neverthrow';
import { scopeText } from '../scope/scope-row.ts';
import { askScope, type StartInput, sameScope, startStore } from '../scope/start-store.ts';
import { createStoreMethods, type StoreMethods } from './store-methods.ts';
import type { StoreParts } from './store-parts.ts';

interface Started<O> {
  readonly layout: StoreParts<O>['layout'];
  readonly methods: StoreMethods<O>;
  readonly report: StartReport;
  proven: boolean;
}

/** A table or a column is not what it was at the start: 42703, 42P01, 42804, or an operator that no longer fits. */
const changedSchema = /^42/;

type Parts<O> = Omit<StoreParts<O>, 'layout' | 'scope'> & StartInput;

/** Starts once, whoever asks first; what failed is tried again by the next one who asks. */
export function createStartedStore<O>(parts: Parts<O>) {
  const { database, prove } = parts;
  let pending: Promise<Result<Started<O>, StoreError>> | null = null;

  async function startNow(): Promise<Result<Started<O>, StoreError>> {
    const started = await startStore(parts);
    return started.map(({ layout, scope, proven, report }) => {
      const methods = createStoreMethods<O>({ ...parts, database, layout, scope: scopeText(scope) });
      return { layout, methods, report, proven };
    });
  }

  async function start(): Promise<Result<Started<O>, StoreError>> {
    pending ??= startNow();
    const mine = pending;
    const started = await mine;
    if (started.isErr() && pending === mine) pending = null;
    return started;
  }

  /** The account must be proven before anything is written in its name. */
  async function startProven(): Promise<Result<Started<O>, StoreError>> {
    const started = await start();
    if (started.isErr() || started.value.proven || prove === null) return started;
    const asked = await askScope(prove);
    const same = asked.andThen((scope) => sameScope(started.value.report, scope));
    if (same.isErr()) return err(same.error);
    started.value.proven = true;
    return started;
  }

  async function run<T>(
    started: Result<Started<O>, StoreError>,
    use: (started: Started<O>) => PromiseLike<Result<T, StoreError>>,
  ): Promise<Result<T, StoreError>> {
    if (started.isErr()) return err(started.error);
    const answer = await use(started.value);
    if (answer.isOk() || !changedSchema.test(answer.error.sqlState ?? '')) return answer;
    // The tables changed under a running store: the check names what is wrong with them.
    pending = null;
    const again = await start();
    return again.isErr() ? err(again.error) : answer;
  }

  type Use<T> = (started: Started<O>) => PromiseLike<Result<T, StoreError>>;
  return {
    start: () => new ResultAsync(start()).map(({ report }) => report),
    with: <T>(use: Use<T>) => new ResultAsync(start().then((started) => run(started, use))),
    withProof: <T>(use: Use<T>) => new ResultAsync(startProven().then((started) => run(started, use))),
  };
}

export type StartedStore<O> = ReturnType<typeof createStartedStore<O>>;

/** A method that needs no I/O where the id can be no order's. */
export const answered = <T>(value: T): PromiseLike<Result<T, StoreError>> => Promise.resolve(ok(value));
