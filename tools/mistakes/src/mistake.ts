import type { QueueName } from '@visanet/cbb-host';
import type { ContractName } from '@visanet/cbb-testkit';
import type { World } from './world.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** What an operator, a host or its servers have got wrong, and how loudly it must be told. */
export interface Mistake {
  /** Names it in the report of the test, and nothing else. */
  readonly name: string;
  /** Makes it, in a world that was well until then: one customer with a synced and a changed order. */
  readonly make?: (world: World) => unknown;
  readonly settings?: (world: World) => Environment | Promise<Environment>;
  /** Contract of the service. @default 'plan' */
  readonly contract?: ContractName;
  /** Source of a module that exports `{ mapping, store }`: commands get it by `--config`, a host imports it. */
  readonly module?: string;
  /** By how much the clock of the machine is ahead on which commands and host run. @default 0 */
  readonly clockAheadMs?: number;
  /** Commands in whose output cause and remedy must stand, run one after another. */
  readonly commands: readonly CommandLine[] | Elsewhere;
  /** What a host hears. */
  readonly host: HostWord | Elsewhere;
}

/** The mistake cannot be made this way. */
export interface Elsewhere {
  readonly reason: string;
  /** The test that tries it where it can be made; from the repository's folder. */
  readonly seenBy?: string;
}

export interface CommandLine {
  /** As typed, without the command's name; `{order}` is the id of the changed order, `{folder}` that of the files. */
  readonly line: string;
  readonly code: 0 | 1 | 2;
  /** All of them in its output: the cause, and what to do. */
  readonly says: readonly RegExp[];
  /** Goes on by itself: is stopped once all that is said. */
  readonly untilSaid?: boolean;
  /** Runs with the settings from before the mistake. */
  readonly asBefore?: boolean;
}

/** The one error or event of a host's wiring that tells the mistake. */
export interface HostWord {
  /** Kind of the error or event, or those that it may be; `wrong_options` for a TypeError. */
  readonly kind: string | readonly string[];
  /** All of them in it: the cause, and what to do. */
  readonly says: readonly RegExp[];
  readonly queue?: QueueName;
  /** What the host wires beside, be it right or wrong. */
  readonly options?: object;
}
