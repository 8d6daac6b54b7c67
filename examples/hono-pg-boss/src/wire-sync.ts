import { createPgBossSync, type PgBossSync } from '@visanet/cbb-pg-boss';
import { createPostgresStore } from '@visanet/cbb-postgres';
import type { WorkerEvent } from '@visanet/cbb-queue';
import { createSyncEngine, type SyncEvent, viziMapping } from '@visanet/cbb-sync';
import type { Pool } from 'pg';
import type { PgBoss } from 'pg-boss';
import type { Configuration } from './configuration.ts';
import type { ContactService } from './contact-service.ts';

export interface SyncParts {
  readonly configuration: Configuration;
  readonly pool: Pool;
  /** Started. */
  readonly boss: PgBoss;
  readonly service: ContactService;
  readonly onEvent: (event: SyncEvent | WorkerEvent) => void;
}

/** All the wiring that a host needs: store, engine, queue. */
export function wireSync({ configuration, pool, boss, service, onEvent }: SyncParts): PgBossSync {
  const { api, sync } = configuration.cbb;
  const store = createPostgresStore({ client: pool, mapping: viziMapping, scope: service.scope });
  const engine = createSyncEngine({
    store,
    gateway: service.client.contacts,
    mapping: viziMapping,
    mode: sync.mode,
    rolloutPercent: sync.rolloutPercent,
    requestTimeoutMs: api.timeoutMs,
    leaseMs: Math.max(60_000, 2 * api.timeoutMs),
    ...(sync.hashSecret === null ? {} : { hashSecret: sync.hashSecret }),
    // A finished sync is told by the worker as well.
    onEvent: (event) => event.kind !== 'sync-finished' && onEvent(event),
  });
  return createPgBossSync({ engine, boss, sweepBatchSize: sync.batchSize, onEvent });
}
