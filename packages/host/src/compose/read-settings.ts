import { parseEnvironment } from '@visanet/cbb-sync';
import type { Result } from 'neverthrow';
import { type HostError, invalidConfiguration } from '../errors/host-error.ts';
import type { CbbSyncOptions } from '../options/host-options.ts';
import type { HostSettings } from '../settings/host-settings.ts';
import { settingsOf } from '../settings/settings-of.ts';

/** The environment's settings with the host's options over them, or every problem at once. */
export function readSettings<O>(options: CbbSyncOptions<O>): Result<HostSettings, HostError> {
  const { environment = process.env, clientOptions, engineOptions, concurrency } = options;
  return parseEnvironment(environment, { required: requiredSettings(options) })
    .mapErr(({ problems }): HostError => invalidConfiguration(problems))
    .andThen((configuration) =>
      settingsOf(configuration, {
        timeoutMs: clientOptions?.timeoutMs,
        leaseMs: engineOptions?.leaseMs,
        claimVisibilityMs: engineOptions?.claimVisibilityMs,
        concurrency,
      }),
    );
}

function requiredSettings<O>(options: CbbSyncOptions<O>): readonly string[] {
  const { queue, queueOptions = {}, client, pool, store, offline, rateLimit, redis } = options;
  const needsKey = client === undefined && offline !== true;
  const needsBoss = queue === 'pg-boss' && queueOptions.boss === undefined;
  const needsDatabase = (pool === undefined && store === undefined) || needsBoss;
  const bullmqNeedsRedis =
    queue === 'bullmq' && queueOptions.queue === undefined && queueOptions.connection === undefined;
  const needsRedis = bullmqNeedsRedis || (rateLimit === 'redis' && redis === undefined);
  return [
    ...(needsKey ? ['CBB_API_KEY'] : []),
    ...(needsDatabase ? ['DATABASE_URL'] : []),
    ...(needsRedis ? ['REDIS_URL'] : []),
  ];
}
