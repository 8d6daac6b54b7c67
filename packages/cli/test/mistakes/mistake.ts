import type { ContractName, FaultRule, OrderRow, Simulator } from '@visanet/cbb-testkit';
import type pg from 'pg';
import type { Environment } from '../../src/command.ts';
import type { Impostor } from './impostors.ts';

/** What an operator, a host or its servers have got wrong, and how loudly it must be told. */
export interface Mistake {
  /** Names it in the report of the test, and nothing else. */
  readonly name: string;
  /** Makes it, in a world that was well until then: one customer with a synced and a changed order. */
  readonly make?: (world: World) => unknown;
  readonly settings?: (world: World) => Environment | Promise<Environment>;
  /** Contract of the service. @default 'plan' */
  readonly contract?: ContractName;
  /** Commands in whose output cause and remedy must stand, run one after another. */
  readonly commands: readonly CommandLine[];
}

export interface CommandLine {
  /** As typed, without the command's name; `{order}` is the id of the changed order, `{folder}` that of the files. */
  readonly line: string;
  readonly code: 0 | 1 | 2;
  /** All of them in its output: the cause, and what to do. */
  readonly says: readonly RegExp[];
}

/** One host's database and account, its own in each case. */
export interface World {
  readonly databaseUrl: string;
  readonly pool: pg.Pool;
  readonly simulator: Simulator;
  /** Where the service stands, without the path of its API. */
  readonly origin: string;
  readonly orderId: string;
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
  /** Ends with the case. */
  listening(start: () => Promise<Impostor>): Promise<Impostor>;
  /** Writes a module for `--config` into `{folder}`. */
  readonly folder: string;
  file(name: string, source: string): Promise<string>;
}
