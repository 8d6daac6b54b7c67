import type { CbbClient, ProvenScope, RateLimiter } from '@visanet/cbb-client';
import type { PostgresClient, PostgresStoreOptions } from '@visanet/cbb-postgres';
import type { QueueAdapter, WorkerEvent } from '@visanet/cbb-queue';
import type { RedisClient } from '@visanet/cbb-rate-limit';
import type { Mapping, OrderStore, SyncEngine } from '@visanet/cbb-sync';
import type { HostEvent } from '../events/host-event.ts';
import type { HostClientOptions } from '../parts/client.ts';
import type { DriverErrorListener } from '../parts/driver-errors.ts';
import type { HostEngineOptions } from '../parts/engine.ts';

/** `function`: the store is the queue; `bullmq`: `REDIS_URL`; `pg-boss`: `DATABASE_DIRECT_URL`, else `DATABASE_URL`. */
export type QueueName = 'function' | 'bullmq' | 'pg-boss';

/** What an adapter of the host's own is made of. */
export interface QueueParts {
  readonly engine: SyncEngine;
  /** Orders that one step of a sweep takes. */
  readonly sweepBatchSize: number;
  readonly onEvent: (event: WorkerEvent) => void;
}

/** Options of the chosen adapter; those of another one are refused. */
export interface QueueOptions {
  /** @default `cbb-sync` on BullMQ, `cbb-sync-v1` on pg-boss */
  readonly queueName?: string;
  /** BullMQ: a `Queue` of the host's, e.g. from a framework module; it stays open on `close`. */
  readonly queue?: object;
  /** BullMQ: ioredis options or an ioredis instance. @default `{ url: REDIS_URL }` */
  readonly connection?: object;
  /** BullMQ: prefix of all keys in Redis. @default 'bull' */
  readonly prefix?: string;
  /** BullMQ: how long a worker may be silent until its job is handed to another, in milliseconds. @default the lease */
  readonly lockMs?: number;
  /** pg-boss: a started instance of the host's; it stays open on `close`. */
  readonly boss?: object;
  /** pg-boss: schema of the instance that is made here. @default 'pgboss' */
  readonly schema?: string;
  /** pg-boss: longest time until a worker sees a job, in milliseconds. @default 500 */
  readonly pollingIntervalMs?: number;
  /** pg-boss: time between two looks for dead workers, in milliseconds. @default 60000 */
  readonly superviseIntervalMs?: number;
}

/** Names of tables and columns, as `createPostgresStore` takes them. */
export type HostStoreOptions = Omit<
  PostgresStoreOptions<unknown>,
  'client' | 'mapping' | 'scope' | 'onFailover'
>;

/** What the environment does not say. Every part can be replaced by the host's own. */
export interface CbbSyncOptions<O = unknown> {
  /** A name, or a function that makes an adapter of the host's own. @default 'function' */
  readonly queue?: QueueName | ((parts: QueueParts) => QueueAdapter);
  readonly queueOptions?: QueueOptions;
  /** Settings by name. @default process.env */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** How orders become contacts, or a function of the contract. @default Vizi's preset for the contract */
  readonly mapping?: Mapping<O> | ((contract: ProvenScope['contract']) => Mapping<O>);
  /** The host's own `pg` pool; it stays open on `close`. @default one of `DATABASE_URL` */
  readonly pool?: PostgresClient;
  /** The host's own ioredis client, for the request limit. @default one of `REDIS_URL`, where that is set */
  readonly redis?: RedisClient;
  readonly storeOptions?: HostStoreOptions;
  /** A store of the host's own, e.g. `createMemoryStore`: no database is needed then. @default Postgres */
  readonly store?: OrderStore<O>;
  readonly clientOptions?: HostClientOptions;
  /** A client of the host's own; its contract counts, and no key is needed in the environment. */
  readonly client?: CbbClient;
  /**
   * Where the request limit of all processes is kept, a limiter of the host's own, or none.
   * @default 'redis' where `REDIS_URL` or `redis` is given, else 'postgres'
   */
  readonly rateLimit?: 'redis' | 'postgres' | RateLimiter | false;
  readonly engineOptions?: HostEngineOptions;
  /** Orders that a worker syncs at the same time; the pool is sized by it. @default CBB_SYNC_CONCURRENCY */
  readonly concurrency?: number;
  /**
   * The service is never asked: no key is needed, orders are enqueued and looked at, and nothing is synced. For
   * processes that only produce.
   * @default false
   */
  readonly offline?: boolean;
  /** Hears of every outcome and every trouble. What it throws is dropped. */
  readonly onEvent?: (event: HostEvent) => void;
  /**
   * Hears what the drivers of Postgres and Redis themselves say of errors, for a person who looks for a cause. Their words
   * may hold data of customers: keep them nowhere. Nothing of them is in errors and events.
   */
  readonly onDriverError?: DriverErrorListener;
}
