import type { FaultRule, OrderRow, Simulator } from '@visanet/cbb-testkit';
import type { Impostor } from '@visanet/test-support';
import type pg from 'pg';

/** One host's database and account, its own in each case. */
export interface World {
  readonly databaseUrl: string;
  readonly pool: pg.Pool;
  readonly simulator: Simulator;
  /** Where the service stands, without the path of its API. */
  readonly origin: string;
  readonly orderId: string;
  /** Of every right `CBB_HASH_SECRET`. */
  readonly hashSecret: string;
  /** Before the names of all keys in Redis. */
  readonly prefix: string;
  /** Where the files of the case lie: `{folder}`. */
  readonly folder: string;
  /** Writes an order, which counts as a row whose values may come to stand at CBB. */
  insert(overrides: Partial<OrderRow>, seed: number): Promise<string>;
  /** The host changes its order, which counts as a row too. */
  change(values: Partial<OrderRow>): Promise<void>;
  /** Stands until the end of the case. */
  faults(...rules: readonly FaultRule[]): void;
  /** A URL of the database with other parts. */
  url(parts: Partial<Record<'username' | 'password' | 'hostname' | 'port' | 'pathname', string>>): string;
  /** A role of its own, which may log in; `{role}` in the grants is its name. */
  role(grants?: string): Promise<string>;
  /** Once more, as after every deployment. */
  migrate(): Promise<unknown>;
  /** A copy of the database as it stands; gives its URL. */
  copy(): Promise<string>;
  /** The database as it was when its order was synced last, under its name. */
  restore(): Promise<void>;
  /** Another account of the same service; an empty one. */
  account(id: string): Promise<{ readonly url: string; readonly apiKey: string }>;
  /** Ends with the case. */
  listening(start: () => Promise<Impostor>): Promise<Impostor>;
  /** Anything else that ends with the case. */
  ending<T extends { stop(): Promise<void> }>(opened: T): T;
  file(name: string, source: string): Promise<string>;
}
