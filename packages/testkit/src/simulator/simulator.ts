import type { ContractName } from '../contract/contract.ts';
import type { FieldValue, SentMessage, SimulatedContact } from '../contract/world.ts';
import type { Outcome } from '../faults/damage.ts';
import type { Fault, FaultTarget, PlannedResponse } from '../faults/fault.ts';
import type { JournalEntry, RecordedRequest } from '../journal/journal.ts';
import type { Violation } from '../openapi/violation.ts';
import type { RuntimeSettings, Settings } from './simulator-options.ts';
import type { SimulatorState } from './simulator-state.ts';

/** A stateful contact service in memory. Made by `createSimulator`. */
export interface Simulator {
  readonly contract: ContractName;
  /** Give it to `createSimulator` to see the same faults and shapes again. */
  readonly seed: number;
  /** The first accepted key. */
  readonly apiKey: string;
  /** All options with their defaults. */
  readonly settings: Settings;
  /** The service without sockets; fits wherever a `fetch` is injected. */
  readonly fetch: (input: Request | string | URL, init?: RequestInit) => Promise<Response>;
  /** Like `fetch`, with resets and hangs as values; for servers that realise them on their sockets. */
  exchange(request: Request): Promise<Outcome>;

  /** By id. */
  readonly contacts: ReadonlyMap<string, SimulatedContact>;
  /** The custom fields of a contact as they were meant, also where v1.1 stores texts; null: there is no such contact. */
  fieldsOf(id: string): Readonly<Record<string, FieldValue>> | null;
  /** Creates or changes a contact behind the client's back. */
  putContact(contact: Partial<SimulatedContact> & { readonly id: string }): void;
  /** Deletes a contact behind the client's back. False: there was none. */
  removeContact(id: string): boolean;

  /** v1.1: what reached customers; a sync never sends anything. */
  readonly messages: readonly SentMessage[];

  /** Every exchange in order of arrival, without customer data. */
  readonly journal: readonly JournalEntry[];
  /** Every request as it came, without its key. Holds the test's own data. */
  readonly requests: readonly RecordedRequest[];
  /** Requests by operation; `unknown` where the contract has no such operation. */
  readonly counts: Readonly<Record<string, number>>;

  /** The next `times` requests that fit the target get this fault, before any fault by chance. @default times 1 */
  failNext(fault: Fault, target?: FaultTarget, times?: number): void;
  /** The next request that fits the target is answered with this, and not carried out. */
  respondOnce(response: PlannedResponse, target?: FaultTarget): void;
  /** Changes settings from now on; `reset` undoes it. Throws a TypeError that lists every problem. */
  configure(settings: RuntimeSettings): void;

  /** Exchanges that did not fit the OpenAPI document. */
  readonly violations: readonly Violation[];
  /** Throws an error that lists the violations and the seed. */
  assertNoViolations(): void;
  /** What was violated since the last time this was asked, a `reset` in between or not. */
  takeViolations(): readonly Violation[];

  /** Back to the moment of creation: state, journal, faults, chance. */
  reset(): void;
  dump(): SimulatorState;
  /** Takes over a dumped state. Throws a TypeError if it is none, or of the other contract. */
  load(state: SimulatorState): void;
}
