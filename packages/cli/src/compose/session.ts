import type { CbbClient, ContractName } from '@visanet/cbb-client';
import { type CbbParts, type CbbSync, createCbbSync, type HostEvent } from '@visanet/cbb-host';
import type { PostgresStore } from '@visanet/cbb-postgres';
import type { CbbSyncEngine, Mapping } from '@visanet/cbb-sync';
import { err, ok, type Result, type ResultAsync } from 'neverthrow';
import type { Environment } from '../command.ts';
import { type Failure, wrongConfiguration } from '../failure.ts';
import { given } from '../options/given.ts';
import type { DriverWords } from '../output/driver-words.ts';
import { clientOptionsOf, type EngineFlags, engineOptionsOf } from './engine-flags.ts';
import { hostFailed } from './host-failed.ts';
import type { Host } from './host-file.ts';
import { type QueueFlags, queueOptionsOf } from './queue-flags.ts';

export interface SessionOptions {
  readonly environment: Environment;
  readonly host: Host;
  readonly flags: EngineFlags & Partial<QueueFlags>;
  /** Orders worked at the same time. */
  readonly concurrency: number;
  /** Nothing is asked of the service. */
  readonly offline?: boolean;
  readonly onEvent: (event: HostEvent) => void;
  /** Shows what the drivers say themselves. */
  readonly debug: DriverWords | null;
}

/** The sync as this command was told to compose it; nothing is asked of the service yet. */
export function openSync(options: SessionOptions): ResultAsync<CbbSync, Failure> {
  const { environment, host, flags, concurrency, offline = false, onEvent, debug } = options;
  return createCbbSync<unknown>({
    environment,
    concurrency,
    offline,
    onEvent,
    queue: flags.queue ?? 'function',
    queueOptions: queueOptionsOf(flags),
    storeOptions: host.store,
    clientOptions: clientOptionsOf(flags),
    engineOptions: engineOptionsOf(flags),
    ...given({ mapping: host.mapping, onDriverError: debug ?? undefined }),
  }).mapErr(hostFailed);
}

/** The sync with what stands on contract and account. */
export interface Session {
  readonly sync: CbbSync;
  readonly contract: ContractName;
  readonly scopeFrom: CbbParts['scopeFrom'];
  readonly client: CbbClient;
  readonly mapping: Mapping<unknown>;
  readonly store: PostgresStore<unknown>;
  readonly engine: CbbSyncEngine;
  close(): Promise<void>;
}

export async function openSession(
  options: SessionOptions & { readonly signal: AbortSignal },
): Promise<Result<Session, Failure>> {
  const opened = await openSync(options);
  if (opened.isErr()) return err(opened.error);
  const sync = opened.value;
  const close = async () => {
    // What could not be closed is left to the end of the process.
    await sync.close().unwrapOr(null);
  };
  const ready = await sync.ready({ signal: options.signal });
  const failure = ready.isErr() ? hostFailed(ready.error) : null;
  const store = ready.isOk() ? ready.value.postgres : null;
  if (ready.isErr() || store === null) {
    await close();
    return err(failure ?? wrongConfiguration(['DATABASE_URL must be set']));
  }
  const { scope, scopeFrom, client, mapping, engine } = ready.value;
  return ok({ sync, contract: scope.contract, scopeFrom, client, mapping, store, engine, close });
}
