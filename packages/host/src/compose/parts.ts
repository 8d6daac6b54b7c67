import type { CbbClient, ProvenScope, RateLimiter } from '@visanet/cbb-client';
import {
  createPostgresStore,
  type PostgresClient,
  type PostgresStore,
  type ScopeProof,
} from '@visanet/cbb-postgres';
import type { CbbSyncEngine, Mapping, OrderStore, SyncEvent } from '@visanet/cbb-sync';
import { errAsync, okAsync, type ResultAsync } from 'neverthrow';
import { type HostError, invalidConfiguration } from '../errors/host-error.ts';
import type { PartEvent } from '../events/host-event.ts';
import type { CbbSyncOptions } from '../options/host-options.ts';
import { openClient } from '../parts/client.ts';
import type { Closing } from '../parts/closing.ts';
import type { DriverErrorListener } from '../parts/driver-errors.ts';
import { openEngine } from '../parts/engine.ts';
import { presetOf } from '../parts/preset.ts';
import { sharedRateLimiter } from '../parts/rate-limiter.ts';
import { openRedis } from '../parts/redis.ts';
import type { HostSettings } from '../settings/host-settings.ts';

/** What stands on contract and account. */
export interface CbbParts {
  readonly scope: ProvenScope;
  /** Who says so: `assumption` only offline, where nobody started yet and nothing is written. */
  readonly scopeFrom: 'service' | 'database' | 'assumption';
  readonly client: CbbClient;
  readonly mapping: Mapping<unknown>;
  readonly store: OrderStore<unknown>;
  /** The same store where it is ours, with what operators read of it; null where the host gave its own. */
  readonly postgres: PostgresStore<unknown> | null;
  readonly engine: CbbSyncEngine;
}

/** What the parts are made of; contract and account are not needed for any of it. */
export interface Materials {
  readonly settings: HostSettings;
  readonly options: CbbSyncOptions<unknown>;
  /** Null where the store is the host's own. */
  readonly pool: PostgresClient | null;
  readonly closing: Closing;
  readonly tell: (event: PartEvent) => void;
  /** What drivers say themselves; never into an event. */
  readonly tellDriver: DriverErrorListener;
}

type Limit = RateLimiter | { readonly requestsPerMinute: number } | false;

/** Who says what contract and account are, and what the store is told of it. */
export type ScopeWord =
  | { readonly from: 'service'; readonly scope: ProvenScope }
  | { readonly from: 'database'; readonly scope: ScopeProof }
  /** Of parts that write to no ledger. */
  | { readonly from: 'database' | 'assumption'; readonly scope: null };

export function buildParts(
  materials: Materials,
  scope: ProvenScope,
  word: ScopeWord,
): ResultAsync<CbbParts, HostError> {
  const { client } = materials.options;
  const opened =
    client === undefined
      ? openLimit(materials, scope).map((limit) => openOwnClient(materials, scope, limit))
      : okAsync(client);
  return opened.andThen((made) => assemble(materials, scope, made, word));
}

/** Of these nothing is sent, so nothing is opened for them. */
export function buildIdleParts(
  materials: Materials,
  scope: ProvenScope,
  from: 'database' | 'assumption',
): ResultAsync<CbbParts, HostError> {
  const client = materials.options.client ?? openOwnClient(materials, scope, false);
  return assemble(materials, scope, client, { from, scope: null });
}

function openOwnClient({ settings, options }: Materials, scope: ProvenScope, limit: Limit): CbbClient {
  // The account is proven beside it: the client need not ask for itself.
  return openClient({ ...settings, accountId: null }, scope.contract, options.clientOptions, limit);
}

function assemble(
  { settings, options, pool, tell }: Materials,
  scope: ProvenScope,
  client: CbbClient,
  word: ScopeWord,
): ResultAsync<CbbParts, HostError> {
  const mapping = mappingOf(options, scope.contract);
  const postgres =
    options.store === undefined && pool !== null
      ? createPostgresStore<unknown>({
          ...options.storeOptions,
          client: pool,
          mapping,
          onFailover: () => tell(failoverAdopted),
          ...(word.scope === null ? {} : { scope: word.scope }),
        })
      : null;
  const store = options.store ?? postgres;
  if (store === null) return errAsync(invalidConfiguration(['DATABASE_URL must be set']));
  const onEvent = (event: SyncEvent) => {
    // The worker tells the same as `job-finished`.
    if (event.kind !== 'sync-finished') tell(event);
  };
  const engine = openEngine(
    { store, gateway: client.contacts, mapping, onEvent },
    settings,
    options.engineOptions,
  );
  return okAsync({ scope, scopeFrom: word.from, client, mapping, store, postgres, engine });
}

const failoverAdopted: PartEvent = {
  kind: 'failover-adopted',
  message:
    'a standby of the database took over: what the ledger learned in the last ten minutes is void, and is written again',
};

export function mappingOf(
  { mapping }: CbbSyncOptions<unknown>,
  contract: ProvenScope['contract'],
): Mapping<unknown> {
  if (mapping === undefined) return presetOf(contract).mapping;
  return typeof mapping === 'function' ? mapping(contract) : mapping;
}

function openLimit(
  { settings, options, pool, closing, tell, tellDriver }: Materials,
  { contract, account }: ProvenScope,
): ResultAsync<Limit, HostError> {
  const { rateLimit, redis } = options;
  if (rateLimit === false || typeof rateLimit === 'object') return okAsync(rateLimit);
  const requestsPerMinute = settings.requestsPerMinute[contract];
  if (requestsPerMinute === null) return okAsync(false);
  // Plan does not tell accounts: there whoever has the same key shares the limit.
  const key = contract === 'v1.1' ? account : (settings.client.apiKey ?? account);
  const sharedBy = (store: Parameters<typeof sharedRateLimiter>[0]['store']): Limit =>
    sharedRateLimiter({ key, requestsPerMinute, store }, tell);
  if (rateLimit !== 'postgres') {
    if (redis !== undefined) return okAsync(sharedBy(redis));
    if (settings.redisUrl !== null) return openRedis(settings.redisUrl, closing, tellDriver).map(sharedBy);
  }
  return okAsync(pool === null ? { requestsPerMinute } : sharedBy(pool));
}
