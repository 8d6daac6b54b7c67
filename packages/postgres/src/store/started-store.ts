import type { StartReport, StoreError } from '@visanet/cbb-sync';
import { err, ok, type Result, ResultAsync } from 'neverthrow';
import { askScope } from '../scope/ask-scope.ts';
import { scopeText } from '../scope/judge-start.ts';
import { scopeDiffers } from '../scope/scope-errors.ts';
import { createStartGate } from '../scope/start-gate.ts';
import { type StartedStore as Proof, type StartInput, startAgain, startStore } from '../scope/start-store.ts';
import { createStoreMethods, type StoreMethods } from './store-methods.ts';
import type { StoreParts } from './store-parts.ts';

interface Started<O> extends Proof {
  readonly methods: StoreMethods<O>;
}

export interface StartedStoreParts<O> extends Omit<StoreParts<O>, 'layout' | 'scope'>, StartInput {
  readonly onFailover: (report: StartReport) => void;
}

/**
 * An adopted scope, a failover and a restore come under a running store too; and its mark in the database, young or
 * old, tells the last two apart.
 */
const holdsMs = 60_000;

/** A table or a column is not what it was at the start: 42703, 42P01, 42804, or an operator that no longer fits. */
const changedSchema = /^42/;

/** Each method waits for the start; whoever comes first starts. */
export function createStartedStore<O>(parts: StartedStoreParts<O>) {
  const { database, prove, startTimeoutMs, onFailover } = parts;

  function tell({ report }: Proof): void {
    if (!report.failover) return;
    try {
      onFailover(report);
    } catch {
      // A listener that throws must not change what happens to an order.
    }
  }

  async function first(): Promise<Result<Started<O>, StoreError>> {
    const started = await startStore(parts);
    return started.andTee(tell).map((proof) => {
      const { layout, scope } = proof;
      return {
        ...proof,
        methods: createStoreMethods<O>({ ...parts, database, layout, scope: scopeText(scope) }),
      };
    });
  }

  async function again(known: Started<O>): Promise<Result<Started<O>, StoreError>> {
    const started = await startAgain(parts, known);
    return started.andTee(tell).map((proof) => ({ ...known, ...proof }));
  }

  const gate = createStartGate({ first, again, holdsMs, now: () => performance.now() });

  /** The account must be proven before anything is written in its name. */
  async function passProven(): Promise<Result<Started<O>, StoreError>> {
    const started = await gate.pass();
    if (started.isErr() || started.value.proven || prove === null) return started;
    const asked = await askScope(prove, startTimeoutMs);
    if (asked.isErr()) return err(asked.error);
    const { scope } = started.value;
    if (scopeText(asked.value) !== scopeText(scope)) return err(scopeDiffers(scope, asked.value));
    gate.keep({ ...started.value, proven: true });
    return started;
  }

  type Use<T> = (started: Started<O>) => PromiseLike<Result<T, StoreError>>;

  async function run<T>(
    started: Result<Started<O>, StoreError>,
    use: Use<T>,
  ): Promise<Result<T, StoreError>> {
    if (started.isErr()) return err(started.error);
    const answer = await use(started.value);
    if (answer.isOk() || !changedSchema.test(answer.error.sqlState ?? '')) return answer;
    // The tables changed under a running store: the check names what is wrong with them.
    gate.forget();
    const checked = await gate.pass();
    return checked.isErr() ? err(checked.error) : answer;
  }

  return {
    start: () => new ResultAsync(gate.pass()).map(({ report }) => report),
    with: <T>(use: Use<T>) => new ResultAsync(gate.pass().then((started) => run(started, use))),
    withProof: <T>(use: Use<T>) => new ResultAsync(passProven().then((started) => run(started, use))),
  };
}

/** A method that needs no I/O where the id can be no order's. */
export const answered = <T>(value: T): PromiseLike<Result<T, StoreError>> => Promise.resolve(ok(value));
