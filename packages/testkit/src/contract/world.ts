import type { Random } from '../simulator/random.ts';
import type { CustomFieldType } from './field-types.ts';

export type FieldValue = string | number | boolean;

/** A contact as the simulated service holds it, the same for both contracts. */
export interface SimulatedContact {
  readonly id: string;
  /** Digits; empty for a ghost contact of v1.1. */
  readonly phone: string;
  readonly name: string | null;
  /** v1.1: as they were sent; null on plan. */
  readonly firstName: string | null;
  readonly lastName: string | null;
  readonly email: string | null;
  /** By field name; on v1.1 in the encoding that was written. A cleared field is absent. */
  readonly fields: Readonly<Record<string, FieldValue>>;
  readonly tags: readonly string[];
  readonly gender: 'male' | 'female' | null;
  /** ISO 8601, UTC. */
  readonly createdAt: string;
  readonly updatedAt: string;
}

export interface CustomFieldDefinition {
  readonly id: string;
  readonly name: string;
  readonly type: CustomFieldType;
  /** Allowed values of a select. */
  readonly options?: readonly string[];
}

export interface NamedEntry {
  readonly id: string;
  readonly name: string;
}

/** Something that reached a customer; a sync never sends one. */
export interface SentMessage {
  readonly contactId: string;
  readonly kind: 'flow' | 'content' | 'text' | 'file';
  /** ISO 8601, UTC. */
  readonly at: string;
}

/** Everything that survives between requests, as plain data. */
export interface WorldState {
  readonly contacts: Map<string, SimulatedContact>;
  readonly customFields: CustomFieldDefinition[];
  readonly tags: NamedEntry[];
  readonly flows: NamedEntry[];
  readonly messages: SentMessage[];
}

/** The state and what else a contract needs to answer. */
export interface World {
  readonly state: WorldState;
  readonly accountId: string;
  readonly random: Random;
  /** Milliseconds since 1970. */
  wallNowMs(): number;
  hasWhatsApp(phone: string): boolean;
}

/** A contact nobody has written to yet. */
export function newContact(world: Pick<World, 'wallNowMs'>, id: string, phone: string): SimulatedContact {
  const now = new Date(world.wallNowMs()).toISOString();
  return {
    id,
    phone,
    name: null,
    firstName: null,
    lastName: null,
    email: null,
    fields: {},
    tags: [],
    gender: null,
    createdAt: now,
    updatedAt: now,
  };
}

/** Stores the contact with its changes and the time of the change. */
export function saveContact(
  world: World,
  contact: SimulatedContact,
  changes: Partial<SimulatedContact>,
): SimulatedContact {
  const saved = { ...contact, ...changes, updatedAt: new Date(world.wallNowMs()).toISOString() };
  world.state.contacts.set(saved.id, saved);
  return saved;
}

/** Merges values into fields; null and undefined take a field away. */
export function mergeFields(
  fields: SimulatedContact['fields'],
  changes: Readonly<Record<string, unknown>>,
): Record<string, FieldValue> {
  const merged: Record<string, FieldValue> = { ...fields };
  for (const [name, value] of Object.entries(changes)) {
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
      merged[name] = value;
    else delete merged[name];
  }
  return merged;
}
