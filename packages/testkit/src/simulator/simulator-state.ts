import type { ContractName } from '../contract/contract.ts';
import type {
  CustomFieldDefinition,
  NamedEntry,
  SentMessage,
  SimulatedContact,
  WorldState,
} from '../contract/world.ts';

/** The state as JSON, e.g. for a test that runs the simulator in another process. */
export interface SimulatorState {
  readonly contract: ContractName;
  readonly contacts: readonly SimulatedContact[];
  readonly customFields: readonly CustomFieldDefinition[];
  readonly tags: readonly NamedEntry[];
  readonly flows: readonly NamedEntry[];
  readonly messages: readonly SentMessage[];
}

export function dumpState(state: WorldState, contract: ContractName): SimulatorState {
  return { contract, ...structuredClone({ ...state, contacts: [...state.contacts.values()] }) };
}

/** Replaces the state; throws before it changes anything. */
export function restoreState(state: WorldState, dumped: SimulatorState, contract: ContractName): void {
  if (dumped.contract !== contract)
    throw new TypeError(`[cbb-testkit] the state is not of contract ${contract}`);
  const lists = {
    contacts: dumped.contacts,
    customFields: dumped.customFields,
    tags: dumped.tags,
    flows: dumped.flows,
    messages: dumped.messages,
  };
  const broken = Object.entries(lists).flatMap(([name, list]) => (isEntryList(list) ? [] : [name]));
  if (broken.length > 0) throw new TypeError(`[cbb-testkit] the state is no dump: ${broken.join(', ')}`);
  const { contacts, customFields, tags, flows, messages } = structuredClone(lists);
  state.contacts.clear();
  for (const contact of contacts) state.contacts.set(contact.id, contact);
  replaceAll(state.customFields, customFields);
  replaceAll(state.tags, tags);
  replaceAll(state.flows, flows);
  replaceAll(state.messages, messages);
}

function isEntryList(value: unknown): boolean {
  return Array.isArray(value) && value.every((entry) => typeof (entry?.id ?? entry?.contactId) === 'string');
}

function replaceAll<T>(list: T[], items: readonly T[]): void {
  list.splice(0, list.length, ...items);
}
