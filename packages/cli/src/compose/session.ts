import type { CbbClient, ContractName } from '@visanet/cbb-client';
import type { PostgresStore } from '@visanet/cbb-postgres';
import type { CbbConfiguration, CbbSyncEngine, SyncEventListener } from '@visanet/cbb-sync';
import { err, ok, type Result } from 'neverthrow';
import type { Failure } from '../failure.ts';
import { given } from '../options/given.ts';
import { type EngineFlags, openClient } from './client.ts';
import { resolveContract } from './contract.ts';
import { closePool, openPool } from './database.ts';
import { openEngine, openStore } from './engine.ts';
import type { Host } from './host-file.ts';
import { type RateLimitFailure, sharedRateLimit } from './shared-rate-limit.ts';

/** All parts of the sync but the queue. */
export interface Session {
  readonly contract: ContractName;
  readonly client: CbbClient;
  readonly store: PostgresStore<unknown>;
  readonly engine: CbbSyncEngine;
  close(): Promise<void>;
}

export interface SessionOptions {
  readonly configuration: CbbConfiguration;
  readonly databaseUrl: string;
  readonly host: Host;
  readonly flags: EngineFlags;
  readonly signal: AbortSignal;
  /** Orders worked at the same time. */
  readonly concurrency: number;
  /** Taken instead of the configured one; with it nothing is asked of the service. */
  readonly contract?: ContractName;
  readonly onEvent?: SyncEventListener;
  readonly onRateLimitFailure: (failure: RateLimitFailure) => void;
}

/** Nothing is sent without a key, so any text will do where none is needed. */
const noKey = 'no-key';
const statementMs = 15_000;

export async function openSession(options: SessionOptions): Promise<Result<Session, Failure>> {
  const { configuration, host, flags } = options;
  const apiKey = configuration.api.key ?? noKey;
  const contract =
    options.contract === undefined
      ? await resolveContract(configuration, apiKey, options.signal)
      : ok<ContractName, Failure>(options.contract);
  if (contract.isErr()) return err(contract.error);
  // A statement that hangs must not outlive the lease.
  const limitMs = Math.min(statementMs, flags['lease-ms'] ?? statementMs);
  const pool = openPool(options.databaseUrl, {
    max: Math.min(20, options.concurrency + 2),
    statementMs: limitMs,
  });
  const rateLimit = sharedRateLimit({
    configuration,
    contract: contract.value,
    apiKey,
    pool,
    onFailure: options.onRateLimitFailure,
  });
  const client = openClient(configuration, contract.value, apiKey, flags, given({ rateLimit }));
  const store = openStore(pool, host, contract.value, configuration);
  const events = options.onEvent === undefined ? {} : { onEvent: options.onEvent };
  const engine = openEngine({ store, client, host, ...events }, configuration, flags);
  return ok({ contract: contract.value, client, store, engine, close: () => closePool(pool) });
}
