import { type Check, formatChecks } from '../host/checks.ts';
import type { CrashOptions } from './crash-options.ts';

export interface CrashResult {
  readonly options: CrashOptions;
  readonly checks: readonly Check[];
  /** Numbers that nobody judges, for the reader. */
  readonly facts: Readonly<Record<string, number>>;
}

export const passed = ({ checks }: CrashResult): boolean => checks.every(({ ok }) => ok);

export function formatResult(result: CrashResult): string {
  const { queue, contract, scenario, seed } = result.options;
  const facts = Object.entries(result.facts).map(([name, value]) => `${name} ${value}`);
  return [
    `${scenario} · queue ${queue} · contract ${contract} · seed ${seed}`,
    formatChecks(result.checks),
    facts.join(' · '),
    passed(result) ? 'All as expected.' : `FAILED. Run it again with --seed=${seed}.`,
  ].join('\n');
}

export function toJson(result: CrashResult): object {
  return { ...result.options, passed: passed(result), checks: result.checks, facts: result.facts };
}
