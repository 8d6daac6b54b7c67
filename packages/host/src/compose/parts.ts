import type { CbbClient, ProvenScope, RateLimiter } from '@visanet/cbb-client';
import { createPostgresStore, type PostgresClient, type PostgresStore } from '@visanet/cbb-postgres';
import type { CbbSyncEngine, Mapping, OrderStore, SyncEvent } from '@visanet/cbb-sync';
import { errAsync, okAsync, type ResultAsync } from 'neverthrow';
import { type HostError, invalidConfiguration } from '../errors/host-error.ts';
import type { PartEvent } from '../events/host-event.ts';
import type { CbbSyncOptions } from '../options/host-options.ts';
import { openClient } from '../parts/client.ts';
import type { Closing } from '../parts/closing.ts';
import { openEngine } from '../parts/engine.ts';
import { presetOf } from '../parts/preset.ts';
import { sharedRateLimiter } from '../parts/rate-limiter.ts';
import { openRedis } from '../parts/redis.ts';
import type { HostSettings } from '../settings/host-settings.ts';

/** What stands on contract and account. */
export interface CbbParts {
  readonly scope: ProvenScope;
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
}

type Limit = RateLimiter | { readonly requestsPerMinute: number } | false;

/** The store keeps the first account that it is given: one that is only assumed is not told to it. */
type ScopeWord = 'proven' | 'assumed';

export function buildParts(
  materials: Materials,
  scope: ProvenScope,
  word: ScopeWord = 'proven',
): ResultAsync<CbbParts, HostError> {
  const { settings, options } = materials;
  const opened =
    options.client === undefined
      ? openLimit(materials, scope).map((limit) =>
          // The account is proven already: the client need not ask again.
          openClient({ ...settings, accountId: null }, scope.contract, options.clientOptions, limit),
        )
      : okAsync(options.client);
  return opened.andThen((client) => assemble(materials, scope, client, word));
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
          ...(word === 'proven' ? { scope } : {}),
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
  return okAsync({ scope, client, mapping, store, postgres, engine });
}

export function mappingOf(
  { mapping }: CbbSyncOptions<unknown>,
  contract: ProvenScope['contract'],
): Mapping<unknown> {
  if (mapping === undefined) return presetOf(contract).mapping;
  return typeof mapping === 'function' ? mapping(contract) : mapping;
}

function openLimit(
  { settings, options, pool, closing, tell }: Materials,
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
    if (settings.redisUrl !== null) return openRedis(settings.redisUrl, closing).map(sharedBy);
  }
  return okAsync(pool === null ? { requestsPerMinute } : sharedBy(pool));
}
