import * as z from 'zod';
import type { Mapping } from '../mapping/mapping.ts';
import type { Clock } from '../ports/clock.ts';
import type { ContactGateway } from '../ports/contact-gateway.ts';
import type { OrderStore } from '../ports/order-store.ts';
import type { SyncEventListener } from './events.ts';
import { reserveMs } from './lease.ts';
import type { SyncMode } from './sync-engine.ts';

export interface SyncEngineOptions<O> {
  readonly store: OrderStore<O>;
  /** E.g. `createCbbClient(…).contacts`. */
  readonly gateway: ContactGateway;
  readonly mapping: Mapping<O>;
  /** `off` and `dry_run` sync nothing; `preview` works in every mode. @default 'on' */
  readonly mode?: SyncMode;
  /** Share of phones that are synced, 0 to 100; the others stay pending. @default 100 */
  readonly rolloutPercent?: number;
  /** How long one sync holds a phone before another may take it over; renewed while it works. @default 60000 */
  readonly leaseMs?: number;
  /**
   * The longest that one call to the gateway may take, its retries and waits included; then it counts as a `timeout`.
   * Must end before the lease, by a tenth of it or by 5 s: the time to write down how the call ended.
   *
   * @default 45000, or less where the lease is shorter
   */
  readonly callDeadlineMs?: number;
  /** A longer wait for a rate limit or an open circuit frees the phone and defers the order. @default 5000 */
  readonly maxWaitMs?: number;
  /** The longest pause that an answer of the service can ask for. @default 300000 */
  readonly maxRetryAfterMs?: number;
  /** Counted failures until an order is `failed`. @default 3 (the plan's retry strategy) */
  readonly maxAttempts?: number;
  /**
   * Where the service is away (`network`, `timeout`, `unavailable`) an order outlives its attempts: it goes on this
   * often, give or take half. @default 300000
   */
  readonly awayRetryMs?: number;
  /** How long it goes on so, from the first such failure, until it is `failed`. @default 21600000 (6 hours) */
  readonly awayForMs?: number;
  /** Wait after the first counted failure; doubles with each. @default 5000 (the plan's retry strategy) */
  readonly backoffBaseMs?: number;
  /** @default 60000 (the plan's retry strategy) */
  readonly backoffMaxMs?: number;
  /** Attempts of one order that may end without a word until it is `failed` as `crashed`. @default 5 */
  readonly maxCrashes?: number;
  /** Look before every create, even where a duplicate would be refused. @default false */
  readonly lookFirst?: boolean;
  /** Check WhatsApp after every write, even where the answer said yes. @default false */
  readonly alwaysCheckWhatsApp?: boolean;
  /** A write renews a WhatsApp answer older than this. @default 2592000000 (30 days) */
  readonly whatsAppMaxAgeMs?: number;
  /** Reads a contact again whose values were last proven longer ago, to find edits and deletions in the service. @default off */
  readonly verifyAfterMs?: number;
  /** Other due orders whose phones are normalised along with each sync, so that a burst on one phone is one sync. @default 1000 */
  readonly unkeyedLimit?: number;
  /** How long a claimed order is hidden from other claims until it is begun. @default 5000 */
  readonly claimVisibilityMs?: number;
  /** Keys the hashes in ledger and tombstones; erasure needs it. Changing it makes the next sync of a contact write all fields once, and lifts no tombstone but forgets it. */
  readonly hashSecret?: string;
  /** @default the system's */
  readonly clock?: Clock;
  /** Random number from 0 up to 1, for jitter. @default Math.random */
  readonly random?: () => number;
  readonly onEvent?: SyncEventListener;
}

const milliseconds = z.int().min(1).max(Number.MAX_SAFE_INTEGER);
const function_ = z.custom<never>((value) => typeof value === 'function', 'must be a function');

function withMethods<T>(...names: readonly string[]) {
  return z.custom<T>(
    (value) =>
      typeof value === 'object' &&
      value !== null &&
      names.every((name) => typeof Reflect.get(value, name) === 'function'),
    `must have the methods ${names.join(', ')}`,
  );
}

const settingsSchema = z
  .strictObject({
    store: withMethods('load', 'begin', 'complete', 'release', 'claimDue', 'listDue'),
    gateway: withMethods('find', 'create', 'update', 'checkWhatsApp', 'erase'),
    mapping: withMethods('phoneOf', 'eligibilityOf', 'desiredContact'),
    mode: z.enum(['on', 'off', 'dry_run']).default('on'),
    rolloutPercent: z.number().min(0).max(100).default(100),
    leaseMs: milliseconds.default(60_000),
    callDeadlineMs: milliseconds.optional(),
    maxWaitMs: z.int().min(0).default(5_000),
    maxRetryAfterMs: milliseconds.default(300_000),
    maxAttempts: z.int().min(1).default(3),
    awayRetryMs: milliseconds.default(300_000),
    awayForMs: milliseconds.default(21_600_000),
    backoffBaseMs: milliseconds.default(5_000),
    backoffMaxMs: milliseconds.default(60_000),
    maxCrashes: z.int().min(1).default(5),
    lookFirst: z.boolean().default(false),
    alwaysCheckWhatsApp: z.boolean().default(false),
    whatsAppMaxAgeMs: milliseconds.default(2_592_000_000),
    verifyAfterMs: milliseconds.optional(),
    unkeyedLimit: z.int().min(0).max(1_000).default(1_000),
    claimVisibilityMs: milliseconds.default(5_000),
    hashSecret: z.string().min(16, 'must have at least 16 characters').optional(),
    clock: withMethods('now', 'schedule').optional(),
    random: function_.optional(),
    onEvent: function_.optional(),
  })
  .refine(({ leaseMs, callDeadlineMs = 1 }) => callDeadlineMs <= longestCallMs(leaseMs), {
    path: ['callDeadlineMs'],
    error: 'must end before the lease, by a tenth of leaseMs or by 5000',
  })
  .transform(({ callDeadlineMs, ...rest }) => ({
    ...rest,
    callDeadlineMs: callDeadlineMs ?? Math.min(45_000, longestCallMs(rest.leaseMs)),
  }));

function longestCallMs(leaseMs: number): number {
  return leaseMs - reserveMs(leaseMs);
}

export type SyncSettings = Omit<
  z.output<typeof settingsSchema>,
  'store' | 'gateway' | 'mapping' | 'clock' | 'random' | 'onEvent'
>;

/** Throws one `TypeError` that lists every problem; values are never repeated. */
export function checkOptions<O>(options: SyncEngineOptions<O>): SyncSettings {
  const checked = settingsSchema.safeParse(options);
  if (checked.success) return checked.data;
  const problems = checked.error.issues.map(
    (issue) => `${issue.path.join('.') || 'options'}: ${issue.message}`,
  );
  throw new TypeError(`[cbb-sync] createSyncEngine: ${problems.join('; ')}`);
}
