import type { CbbClient } from '@visanet/cbb-client';
import { createPostgresStore, type PostgresStore } from '@visanet/cbb-postgres';
import {
  type CbbConfiguration,
  type CbbSyncEngine,
  createSyncEngine,
  type SyncEventListener,
} from '@visanet/cbb-sync';
import type pg from 'pg';
import { given } from '../options/given.ts';
import type { EngineFlags } from './client.ts';
import type { Host } from './host-file.ts';

const shortestLeaseMs = 60_000;

export function openStore(
  pool: pg.Pool,
  host: Host,
  contract: string,
  { api }: CbbConfiguration,
): PostgresStore<unknown> {
  return createPostgresStore<unknown>({
    ...host.store,
    client: pool,
    mapping: host.mapping,
    scope: { contract, account: api.accountId ?? 'default' },
  });
}

export function openEngine(
  parts: {
    readonly store: PostgresStore<unknown>;
    readonly client: CbbClient;
    readonly host: Host;
    readonly onEvent?: SyncEventListener;
  },
  { api, sync }: CbbConfiguration,
  flags: EngineFlags,
): CbbSyncEngine {
  const requestTimeoutMs = flags['request-timeout-ms'] ?? api.timeoutMs;
  return createSyncEngine<unknown>({
    store: parts.store,
    gateway: parts.client.contacts,
    mapping: parts.host.mapping,
    mode: sync.mode,
    rolloutPercent: sync.rolloutPercent,
    requestTimeoutMs,
    leaseMs: flags['lease-ms'] ?? Math.max(shortestLeaseMs, 2 * requestTimeoutMs),
    ...given({
      claimVisibilityMs: flags['visibility-ms'],
      maxWaitMs: flags['max-wait-ms'],
      maxAttempts: flags['max-attempts'],
      maxCrashes: flags['max-crashes'],
      backoffBaseMs: flags['backoff-base-ms'],
      backoffMaxMs: flags['backoff-max-ms'],
      verifyAfterMs: flags['verify-after'],
      lookFirst: flags['look-first'],
      alwaysCheckWhatsApp: flags['check-whatsapp'],
      hashSecret: sync.hashSecret ?? undefined,
      onEvent: parts.onEvent,
    }),
  });
}
