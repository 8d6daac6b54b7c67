import { type CbbConfiguration, parseEnvironment } from '@visanet/cbb-sync';

export interface Configuration {
  readonly cbb: CbbConfiguration;
  /** What the sync is made of. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly databaseUrl: string;
  /** What Vizi sends along; secret. */
  readonly webhookKey: string;
  /** What the scheduler sends along where it calls over HTTP; secret. */
  readonly cronSecret: string;
  /** How long one call may last where the platform does not say, in milliseconds. */
  readonly budgetMs: number;
}

const shortestKey = 16;
// Below the limit of 30 s that gateways commonly set.
const defaultBudgetMs = 25_000;

/** @throws an Error that lists every problem; it names settings, never values */
export function readConfiguration(environment: Readonly<Record<string, string | undefined>>): Configuration {
  const keys = ['VIZI_API_KEY', 'CRON_SECRET'];
  const cbb = parseEnvironment(environment, { required: ['CBB_API_KEY', 'DATABASE_URL', ...keys] });
  const given = (name: string) => environment[name]?.trim() ?? '';
  const budget = given('SYNC_BUDGET_MS') || String(defaultBudgetMs);
  const problems = [
    ...(cbb.isErr() ? cbb.error.problems : []),
    ...keys
      .filter((name) => given(name) !== '' && given(name).length < shortestKey)
      .map((name) => `${name} must have at least ${shortestKey} characters`),
    ...(/^[1-9]\d{2,6}$/.test(budget) ? [] : ['SYNC_BUDGET_MS must be a number of milliseconds from 100']),
  ];
  if (cbb.isErr() || problems.length > 0) throw new Error(problems.join('\n'));
  return {
    cbb: cbb.value,
    databaseUrl: cbb.value.databaseUrl ?? '',
    environment,
    webhookKey: given('VIZI_API_KEY'),
    cronSecret: given('CRON_SECRET'),
    budgetMs: Number(budget),
  };
}
