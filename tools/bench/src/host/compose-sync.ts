import { type CbbClientOptions, createCbbClient } from '@visanet/cbb-client';
import { createPostgresStore, type PostgresClient, type PostgresStore } from '@visanet/cbb-postgres';
import type { WorkerEvent } from '@visanet/cbb-queue';
import {
  type CbbSyncEngine,
  createSyncEngine,
  type SyncEvent,
  type ViziOrder,
  viziMapping,
} from '@visanet/cbb-sync';
import pg from 'pg';
import { pricedContract } from '../bench/contract.ts';
import { type OpenQueue, openQueue } from './open-queue.ts';
import type { SyncSettings } from './sync-settings.ts';

export interface Listeners {
  readonly onSyncEvent?: (event: SyncEvent) => void;
  readonly onWorkerEvent?: (event: WorkerEvent) => void;
}

/** For those who measure. */
export interface Instruments {
  /** Stands between the store and its pool. */
  readonly watch?: (pool: PostgresClient) => PostgresClient;
  /** Connections of the store. @default 8 */
  readonly connections?: number;
  /** @default the engine's */
  readonly unkeyedLimit?: number;
}

/** By what the store's connections are known to the server. */
export const applicationName = 'cbb-sync';

export interface ComposedSync {
  readonly pool: pg.Pool;
  readonly engine: CbbSyncEngine;
  readonly store: PostgresStore<ViziOrder>;
  readonly queue: OpenQueue;
  /** Closes the adapter and everything under it; answers how running jobs ended. */
  close(): Promise<string>;
}

function clientOptions({ service, timing }: SyncSettings): CbbClientOptions {
  return {
    ...pricedContract(service.pricing ?? (service.contract === 'plan' ? 'plan' : 'v1.1-fields')),
    baseUrl: service.url,
    apiKey: service.apiKey,
    timeoutMs: timing.requestTimeoutMs,
    deadlineMs: timing.callDeadlineMs,
    maxWaitMs: timing.maxWaitMs,
    retry: { baseDelayMs: timing.retryBaseMs, maxDelayMs: 8 * timing.retryBaseMs },
    circuitBreaker: { failureThreshold: 10, openMs: timing.circuitOpenMs },
    rateLimit: false,
  };
}

/** Composition root of every process of the host: store, client, engine and queue adapter. */
export async function composeSync(
  settings: SyncSettings,
  listeners: Listeners = {},
  { watch = (client) => client, connections = 8, unkeyedLimit }: Instruments = {},
): Promise<ComposedSync> {
  const { timing } = settings;
  const pool = new pg.Pool({
    connectionString: settings.databaseUrl,
    max: connections,
    application_name: applicationName,
    statement_timeout: timing.statementTimeoutMs,
    connectionTimeoutMillis: timing.statementTimeoutMs,
  });
  // pg throws otherwise when an idle connection breaks.
  pool.on('error', () => {});
  const store = createPostgresStore({
    client: watch(pool),
    mapping: viziMapping,
    scope: { contract: settings.service.contract, account: 'default' },
  });
  const engine = createSyncEngine({
    store,
    gateway: createCbbClient(clientOptions(settings)).contacts,
    mapping: viziMapping,
    leaseMs: timing.leaseMs,
    maxWaitMs: timing.maxWaitMs,
    backoffBaseMs: timing.backoffBaseMs,
    backoffMaxMs: timing.backoffMaxMs,
    ...(unkeyedLimit === undefined ? {} : { unkeyedLimit }),
    ...(listeners.onSyncEvent === undefined ? {} : { onEvent: listeners.onSyncEvent }),
  });
  const queue = await openQueue(settings, engine, listeners.onWorkerEvent ?? (() => {}));
  return {
    pool,
    engine,
    store,
    queue,
    async close() {
      const closed = await queue.adapter.close();
      await queue.end();
      await pool.end();
      return closed.match(
        ({ kind }) => kind,
        ({ kind }) => kind,
      );
    },
  };
}
