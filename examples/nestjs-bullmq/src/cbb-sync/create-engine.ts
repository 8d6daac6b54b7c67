import { createCbbClient } from '@visanet/cbb-client';
import { createPostgresStore } from '@visanet/cbb-postgres';
import { type CbbSyncEngine, createSyncEngine, viziMapping } from '@visanet/cbb-sync';
import type { Pool } from 'pg';
import type { Configuration } from '../configuration/configuration';
import type { SyncEvents } from './sync-events';

/** Client, store and engine of the library, from the settings of this host. Connects to nothing yet. */
export function createEngine({ api, sync }: Configuration, pool: Pool, events: SyncEvents): CbbSyncEngine {
  const client = createCbbClient({
    contract: api.contract,
    apiKey: api.key,
    baseUrl: api.url,
    timeoutMs: api.timeoutMs,
    deadlineMs: api.timeoutMs,
    retry: { attempts: api.retryAttempts + 1 },
    ...(api.rateLimitPerMinute === null ? {} : { rateLimit: { requestsPerMinute: api.rateLimitPerMinute } }),
  });
  const scope = { contract: api.contract, account: api.accountId ?? 'default' };
  return createSyncEngine({
    store: createPostgresStore({ client: pool, mapping: viziMapping, scope }),
    gateway: client.contacts,
    mapping: viziMapping,
    mode: sync.mode,
    rolloutPercent: sync.rolloutPercent,
    requestTimeoutMs: api.timeoutMs,
    leaseMs: Math.max(60_000, 2 * api.timeoutMs),
    ...(sync.hashSecret === null ? {} : { hashSecret: sync.hashSecret }),
    onEvent: (event) => events.record(event),
  });
}
