import { err, ok, type Result } from 'neverthrow';
import { readEnvironment } from './read-environment.ts';

/** Everything that the environment configures. Holds secrets: never log it whole. */
export interface CbbConfiguration {
  readonly api: {
    /** `CBB_API_URL`. @default 'https://app.chatgptbuilder.io/api' */
    readonly url: string;
    /** `CBB_API_KEY`; secret. */
    readonly key: string | null;
    /** `CBB_API_TIMEOUT`: milliseconds for one request. @default 30000 */
    readonly timeoutMs: number;
    /** `CBB_API_RETRY_ATTEMPTS`: repetitions within one call. @default 3 */
    readonly retryAttempts: number;
    /** `CBB_API_CONTRACT`. @default 'auto' */
    readonly contract: 'plan' | 'v1.1' | 'auto';
    /** `CBB_API_RATE_LIMIT`: requests per minute; null leaves it to the contract (90 on v1.1, none on plan). */
    readonly rateLimitPerMinute: number | null;
    /** `CBB_ACCOUNT_ID`: account that the key must belong to; v1.1 only, because plan does not tell it. */
    readonly accountId: string | null;
  };
  readonly sync: {
    /** `ENABLE_CBB_SYNC` (default true) and `CBB_SYNC_DRY_RUN` (default false) in one. */
    readonly mode: 'on' | 'off' | 'dry_run';
    /** `CBB_SYNC_BATCH_SIZE`: orders taken or streamed at once. @default 10 */
    readonly batchSize: number;
    /** `CBB_SYNC_CONCURRENCY`: orders worked at the same time. @default 5 */
    readonly concurrency: number;
    /** `CBB_SYNC_DELAY_MS`: wait between an enqueue and its work. @default 2000 */
    readonly delayMs: number;
    /** `CBB_SYNC_ROLLOUT_PERCENT`: share of customers that is synced. @default 100 */
    readonly rolloutPercent: number;
    /** `CBB_HASH_SECRET`: key of the hashes in the ledger and of tombstones; secret. */
    readonly hashSecret: string | null;
    /** `CBB_SYNC_ALERT_THRESHOLD`: share of syncs that must succeed, 0 to 1; null leaves it to what alerts. */
    readonly alertThreshold: number | null;
    /** `CBB_SYNC_ALERT_EMAIL` */
    readonly alertEmail: string | null;
  };
  /** `DATABASE_URL`; secret. */
  readonly databaseUrl: string | null;
  /** `DATABASE_DIRECT_URL`: past a pooler, for migrations and LISTEN; secret. */
  readonly databaseDirectUrl: string | null;
  /** `REDIS_URL`; secret. */
  readonly redisUrl: string | null;
  /** `SMTP_URL`; secret. */
  readonly smtpUrl: string | null;
}

export interface InvalidConfiguration {
  readonly kind: 'invalid_configuration';
  /** One sentence per problem; names settings, never values. */
  readonly problems: readonly string[];
}

export interface EnvironmentOptions {
  /** Settings that must be set, e.g. `['CBB_API_KEY', 'DATABASE_URL']`. @default [] */
  readonly required?: readonly string[];
}

/** Below it, whoever reads the ledger could find the secret by trying. */
const shortestSecret = 16;

/** Why `CBB_ACCOUNT_ID` is refused on plan: nothing there could prove it. */
export const accountOnPlan =
  'CBB_ACCOUNT_ID must not be set on contract plan: its service does not tell whose account a key belongs to';

/** Reads the settings of an environment such as `process.env`; a blank value is an unset one. */
export function parseEnvironment(
  environment: Readonly<Record<string, string | undefined>>,
  options: EnvironmentOptions = {},
): Result<CbbConfiguration, InvalidConfiguration> {
  const read = readEnvironment(environment);
  const configuration: CbbConfiguration = {
    api: {
      url: read.url('CBB_API_URL', ['https', 'http']) ?? 'https://app.chatgptbuilder.io/api',
      key: read.header('CBB_API_KEY'),
      timeoutMs: read.integer('CBB_API_TIMEOUT', { min: 1, max: 600_000, unit: 'milliseconds' }) ?? 30_000,
      retryAttempts: read.integer('CBB_API_RETRY_ATTEMPTS', { min: 0, max: 10 }) ?? 3,
      contract: read.choice('CBB_API_CONTRACT', ['plan', 'v1.1', 'auto']) ?? 'auto',
      rateLimitPerMinute: read.integer('CBB_API_RATE_LIMIT', {
        min: 1,
        // A request a millisecond is the finest that the shared limit can tell apart.
        max: 60_000,
        unit: 'requests per minute',
      }),
      accountId: read.text('CBB_ACCOUNT_ID'),
    },
    sync: {
      mode: modeOf(read.boolean('ENABLE_CBB_SYNC') ?? true, read.boolean('CBB_SYNC_DRY_RUN') ?? false),
      batchSize: read.integer('CBB_SYNC_BATCH_SIZE', { min: 1, max: 10_000 }) ?? 10,
      concurrency: read.integer('CBB_SYNC_CONCURRENCY', { min: 1, max: 1_000 }) ?? 5,
      delayMs: read.integer('CBB_SYNC_DELAY_MS', { min: 0, max: 86_400_000, unit: 'milliseconds' }) ?? 2_000,
      rolloutPercent: read.integer('CBB_SYNC_ROLLOUT_PERCENT', { min: 0, max: 100 }) ?? 100,
      hashSecret: read.secret('CBB_HASH_SECRET', shortestSecret),
      alertThreshold: read.share('CBB_SYNC_ALERT_THRESHOLD'),
      alertEmail: read.email('CBB_SYNC_ALERT_EMAIL'),
    },
    databaseUrl: read.url('DATABASE_URL', ['postgres', 'postgresql']),
    databaseDirectUrl: read.url('DATABASE_DIRECT_URL', ['postgres', 'postgresql']),
    redisUrl: read.url('REDIS_URL', ['redis', 'rediss']),
    smtpUrl: read.url('SMTP_URL', ['smtp', 'smtps']),
  };
  const problems = [...read.problems(options.required ?? []), ...contradictions(configuration)];
  return problems.length === 0 ? ok(configuration) : err({ kind: 'invalid_configuration', problems });
}

function contradictions({ api }: CbbConfiguration): readonly string[] {
  return api.contract === 'plan' && api.accountId !== null ? [accountOnPlan] : [];
}

function modeOf(enabled: boolean, dryRun: boolean): CbbConfiguration['sync']['mode'] {
  if (!enabled) return 'off';
  return dryRun ? 'dry_run' : 'on';
}
