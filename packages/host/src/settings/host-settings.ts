import type { SyncMode } from '@visanet/cbb-sync';

/** Everything that the composition needs to know, derived from one configuration. Holds secrets: never log it whole. */
export interface HostSettings {
  /** `auto`: as stored in the database, else the service is asked. */
  readonly contract: 'plan' | 'v1.1' | 'auto';
  /** The account that the key must belong to; null where any will do. */
  readonly accountId: string | null;
  readonly client: {
    readonly apiKey: string | null;
    readonly baseUrl: string;
    /** Of one request, in milliseconds. */
    readonly timeoutMs: number;
    /** Of one call with its retries and waits, in milliseconds; longer than one request, so that a retry fits. */
    readonly deadlineMs: number;
    /** Requests per call, the first included. */
    readonly attempts: number;
  };
  /** Per contract; null: no limit. */
  readonly requestsPerMinute: { readonly plan: number | null; readonly 'v1.1': number };
  readonly engine: {
    readonly mode: SyncMode;
    readonly rolloutPercent: number;
    /** How long one sync holds a phone, in milliseconds; longer than one call, so that a hang is no lost lease. */
    readonly leaseMs: number;
    /** How long a claimed order is hidden that nobody began, in milliseconds. */
    readonly claimVisibilityMs: number;
    readonly hashSecret: string | null;
  };
  readonly queue: {
    /** Orders that one step of a sweep takes. */
    readonly sweepBatchSize: number;
  };
  readonly worker: {
    /** Orders worked at the same time. */
    readonly concurrency: number;
    /** Wait after the database announced an order, in which a burst gathers, in milliseconds. */
    readonly announcedDelayMs: number;
  };
  readonly database: {
    readonly url: string | null;
    /** Past a pooler: for LISTEN and pg-boss. */
    readonly directUrl: string | null;
    readonly maxConnections: number;
    /** A statement that hangs must not outlive the lease, in milliseconds. */
    readonly statementMs: number;
  };
  readonly redisUrl: string | null;
  /** Names of settings that are set although nothing in this version acts on them. */
  readonly withoutEffect: readonly string[];
}

/** What a host sets beside the environment, in milliseconds. */
export interface SettingsOverrides {
  readonly timeoutMs?: number | undefined;
  readonly deadlineMs?: number | undefined;
  readonly leaseMs?: number | undefined;
  readonly claimVisibilityMs?: number | undefined;
  readonly concurrency?: number | undefined;
}
