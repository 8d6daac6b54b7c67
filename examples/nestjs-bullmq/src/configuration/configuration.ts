import { parseEnvironment } from '@visanet/cbb-sync';
import { err, ok, type Result } from 'neverthrow';
import * as z from 'zod';

/** Everything that both processes need to know. Holds secrets: never log it whole. */
export interface Configuration {
  /** What the sync is made of. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly databaseUrl: string;
  /** Past a pooler, for migrations. */
  readonly databaseDirectUrl: string;
  readonly redisUrl: string;
  /** Prefix of all keys in Redis. */
  readonly queuePrefix: string;
  readonly sweepIntervalMs: number;
  readonly webhookKeyHashes: readonly Buffer[];
  readonly dashboardPassword: string;
  readonly host: string;
  readonly port: number;
  readonly workerPort: number;
}

const text = z.string('must be set').trim().min(1, 'must be set');
const port = z.coerce
  .number('must be a port')
  .int('must be a port')
  .min(0, 'must be a port')
  .max(65_535, 'must be a port');
const hashes = text
  .transform((list) => list.split(',').map((hash) => hash.trim()))
  .pipe(z.array(z.string().regex(/^[0-9a-f]{64}$/i, 'must hold SHA-256 digests in hex, separated by commas')))
  .transform((list) => list.map((hash) => Buffer.from(hash, 'hex')));

const schema = z.object({
  CBB_API_KEY: text,
  DATABASE_URL: text,
  REDIS_URL: text,
  QUEUE_PREFIX: text.default('bull'),
  SWEEP_INTERVAL_MS: z.coerce
    .number('must be milliseconds')
    .int('must be milliseconds')
    .min(100, 'must be milliseconds, at least 100')
    .default(30_000),
  WEBHOOK_KEY_SHA256: hashes,
  DASHBOARD_PASSWORD: text.min(12, 'must have at least 12 characters'),
  HOST: text.default('127.0.0.1'),
  PORT: port.default(3000),
  WORKER_PORT: port.default(3001),
});

/** Reads the environment once, at start. Every problem is listed; none repeats a value. */
export function readConfiguration(
  environment: Readonly<Record<string, string | undefined>>,
): Result<Configuration, readonly string[]> {
  const shared = parseEnvironment(environment);
  const own = schema.safeParse(environment);
  if (shared.isErr() || !own.success) {
    const ownProblems = own.success
      ? []
      : own.error.issues.map(({ path, message }) => `${String(path[0])} ${message}`);
    return err([...(shared.isErr() ? shared.error.problems : []), ...ownProblems]);
  }
  const settings = own.data;
  return ok({
    environment,
    databaseUrl: settings.DATABASE_URL,
    databaseDirectUrl: shared.value.databaseDirectUrl ?? settings.DATABASE_URL,
    redisUrl: settings.REDIS_URL,
    queuePrefix: settings.QUEUE_PREFIX,
    sweepIntervalMs: settings.SWEEP_INTERVAL_MS,
    webhookKeyHashes: settings.WEBHOOK_KEY_SHA256,
    dashboardPassword: settings.DASHBOARD_PASSWORD,
    host: settings.HOST,
    port: settings.PORT,
    workerPort: settings.WORKER_PORT,
  });
}
