import { createFunctionSync, type FunctionSync } from '@visanet/cbb-function';
import { createPostgresStore } from '@visanet/cbb-postgres';
import type { WorkerEvent } from '@visanet/cbb-queue';
import { createSyncEngine, type SyncEvent, viziMapping } from '@visanet/cbb-sync';
import type { Pool } from 'pg';
import type { Configuration } from './configuration.ts';
import type { ContactService } from './contact-service.ts';

/** All the wiring that a host needs: store, engine, handler. The store is the queue. */
export function wireSync(
  { cbb: { api, sync } }: Configuration,
  pool: Pool,
  service: ContactService,
  onEvent: (event: SyncEvent | WorkerEvent) => void,
): FunctionSync {
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
    // A finished sync is told by the handler as well.
    onEvent: (event) => event.kind !== 'sync-finished' && onEvent(event),
  });
  return createFunctionSync({ engine, onEvent });
}
