import type { CbbConfiguration } from '@visanet/cbb-sync';
import { err, ok, type Result } from 'neverthrow';
import { type HostError, invalidConfiguration } from '../errors/host-error.ts';
import type { HostSettings, SettingsOverrides } from './host-settings.ts';

/** v1.1 allows 100 a minute and account; the room is for requests that are delayed on their way. */
const v11RequestsPerMinute = 90;
const shortestDeadlineMs = 45_000;
const shortestLeaseMs = 60_000;
/** What a sync keeps of its lease to end in good order after its last call. */
const mostReserveMs = 5_000;
/** As the engine's default. */
const claimVisibilityMs = 5_000;
const longestStatementMs = 15_000;
const mostConnections = 20;

/** The one place where settings are derived, so that no two compositions can differ. Pure. */
export function settingsOf(
  configuration: CbbConfiguration,
  overrides: SettingsOverrides = {},
): Result<HostSettings, HostError> {
  const { api, sync } = configuration;
  const concurrency = overrides.concurrency ?? sync.concurrency;
  const timeoutMs = overrides.timeoutMs ?? api.timeoutMs;
  return callTimes(timeoutMs, overrides).map(({ deadlineMs, leaseMs }) => ({
    contract: api.contract,
    accountId: api.accountId,
    client: { apiKey: api.key, baseUrl: api.url, timeoutMs, deadlineMs, attempts: api.retryAttempts + 1 },
    requestsPerMinute: {
      plan: api.rateLimitPerMinute,
      'v1.1': api.rateLimitPerMinute ?? v11RequestsPerMinute,
    },
    engine: {
      mode: sync.mode,
      rolloutPercent: sync.rolloutPercent,
      leaseMs,
      claimVisibilityMs: overrides.claimVisibilityMs ?? claimVisibilityMs,
      hashSecret: sync.hashSecret,
    },
    queue: { sweepBatchSize: sync.batchSize },
    worker: { concurrency, announcedDelayMs: sync.delayMs },
    database: {
      url: configuration.databaseUrl,
      directUrl: configuration.databaseDirectUrl,
      maxConnections: Math.min(mostConnections, concurrency + 2),
      statementMs: Math.min(longestStatementMs, leaseMs),
    },
    redisUrl: configuration.redisUrl,
    withoutEffect: withoutEffect(configuration),
  }));
}

interface CallTimes {
  readonly deadlineMs: number;
  readonly leaseMs: number;
}

/** One request < one call < one lease: a retry fits into the call, and its end into the lease. */
function callTimes(timeoutMs: number, overrides: SettingsOverrides): Result<CallTimes, HostError> {
  const wanted = overrides.deadlineMs ?? Math.max(shortestDeadlineMs, Math.ceil(1.5 * timeoutMs));
  const leaseMs = overrides.leaseMs ?? Math.max(shortestLeaseMs, wanted + 3 * mostReserveMs);
  const room = leaseMs - Math.min(mostReserveMs, Math.ceil(leaseMs / 10));
  const deadlineMs = overrides.deadlineMs ?? Math.min(wanted, room);
  const problems = [
    ...(deadlineMs > timeoutMs
      ? []
      : [
          `one request may take ${timeoutMs} ms (CBB_API_TIMEOUT), but a whole call only ${deadlineMs} ms: shorten the request, or lengthen call and lease`,
        ]),
    ...(deadlineMs <= room
      ? []
      : [`a call may take ${deadlineMs} ms, but a lease of ${leaseMs} ms leaves it ${room} ms`]),
  ];
  return problems.length === 0 ? ok({ deadlineMs, leaseMs }) : err(invalidConfiguration(problems));
}

/** Alerts and reports by e-mail come with a later version; until then their settings must not seem to work. */
function withoutEffect({ sync, smtpUrl }: CbbConfiguration): readonly string[] {
  return [
    ...(sync.alertThreshold === null ? [] : ['CBB_SYNC_ALERT_THRESHOLD']),
    ...(sync.alertEmail === null ? [] : ['CBB_SYNC_ALERT_EMAIL']),
    ...(smtpUrl === null ? [] : ['SMTP_URL']),
  ];
}
