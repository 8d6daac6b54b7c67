import { type RunDueOptions, type RunDueResult, runDueOrders } from '@visanet/cbb-queue';
import { systemClock } from '@visanet/cbb-sync';
import { err, type Result, type ResultAsync } from 'neverthrow';
import type { PartsFinder } from '../compose/find-parts.ts';
import type { Materials } from '../compose/parts.ts';
import { untilAborted } from '../compose/until-aborted.ts';
import { databaseSilent, type HostError, serviceSilent } from '../errors/host-error.ts';

interface DueParts {
  readonly find: PartsFinder;
  readonly tell: Materials['tell'];
  /** Aborted by `close`. */
  readonly ending: AbortSignal;
}

/** Of the budget, what database and service need before the first order is not left for orders. */
export async function runDue(
  { find, tell, ending }: DueParts,
  options: RunDueOptions,
): Promise<Result<RunDueResult, HostError>> {
  const { budgetMs, signal } = options;
  const endsAt = performance.now() + budgetMs;
  const budget = new AbortController();
  const timer = setTimeout(() => budget.abort(), budgetMs);
  const over = AbortSignal.any([budget.signal, ending, ...(signal === undefined ? [] : [signal])]);

  async function inTime<T>(
    work: ResultAsync<T, HostError>,
    silent: HostError,
  ): Promise<Result<T, HostError>> {
    const answer = await untilAborted(work, over);
    const isLate = budget.signal.aborted && !ending.aborted && signal?.aborted !== true;
    return answer.mapErr((error) => (error.kind === 'aborted' && isLate ? silent : error));
  }

  try {
    const tables = await inTime(find.storeAlone(), databaseSilent);
    if (tables.isErr()) return err(tables.error);
    // Without an answer of the service nothing could be written: nothing is claimed for it.
    const found = await inTime(find.proven('once', over), serviceSilent);
    if (found.isErr()) return err(found.error);
    const context = { engine: found.value.engine, clock: systemClock, onEvent: tell };
    const leftMs = Math.max(0, Math.floor(endsAt - performance.now()));
    return await runDueOrders(context, { ...options, budgetMs: leftMs });
  } finally {
    clearTimeout(timer);
  }
}
