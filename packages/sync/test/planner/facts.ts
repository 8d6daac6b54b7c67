import type { DesiredContact, FieldIntent } from '../../src/mapping/mapping.ts';
import type { ContactHasher, Knowledge } from '../../src/planner/knowledge.ts';
import type { WhatsAppKnowledge, WhatsAppRules } from '../../src/planner/whatsapp.ts';
import type { FieldValue } from '../../src/ports/contact-gateway.ts';
import type { Candidate, Ledger } from '../../src/ports/order-store.ts';

/** Hashes that a reader of a failed test can read. */
export const plainHasher: ContactHasher = {
  field: (intent) => JSON.stringify(intent),
  text: (value) => `text ${value}`,
};

export function set(value: FieldValue): FieldIntent {
  return { kind: 'set', value };
}

export const clear: FieldIntent = { kind: 'clear' };
export const leave: FieldIntent = { kind: 'leave' };

export function desire(
  fields: Readonly<Record<string, FieldIntent>>,
  identity: Pick<DesiredContact, 'name' | 'email'> = {},
): DesiredContact {
  return { ...identity, fields, problems: [] };
}

/** Hashes of intents as the ledger keeps them. */
export function hashes(intents: Readonly<Record<string, FieldIntent>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(intents).map(([name, intent]) => [name, plainHasher.field(intent)]),
  );
}

export function whatsApp(facts: Partial<WhatsAppKnowledge> = {}): WhatsAppKnowledge {
  return { answer: 'unknown', ageMs: null, learnt: false, settled: false, ...facts };
}

export function knowledge(facts: Partial<Knowledge> = {}): Knowledge {
  return {
    contact: 'unknown',
    mustLook: false,
    hashes: {},
    identity: {},
    whatsApp: whatsApp(),
    verified: false,
    created: false,
    updated: false,
    ...facts,
  };
}

export function ledger(facts: Partial<Ledger> = {}): Ledger {
  return {
    contact: 'unknown',
    hashes: {},
    identity: {},
    whatsApp: { answer: 'unknown', ageMs: null },
    verifiedAgeMs: null,
    unclean: false,
    repair: false,
    ...facts,
  };
}

export function whatsAppRules(rules: Partial<WhatsAppRules> = {}): WhatsAppRules {
  return { canCheck: true, alwaysCheck: false, maxAgeMs: 1_000, ...rules };
}

/** What the orders of these tests hold: whether they belong to the phone, and why they may not be synced. */
export interface PlannedOrder {
  readonly here: boolean;
  readonly refusal: string | null;
}

export function candidate(
  orderId: string,
  facts: Partial<Omit<Candidate<PlannedOrder>, 'order'>> & Partial<PlannedOrder> = {},
): Candidate<PlannedOrder> {
  const { here = true, refusal = null, ...stored } = facts;
  return {
    orderId,
    order: { here, refusal },
    version: 1,
    status: 'pending',
    attempts: 0,
    phoneKey: '447700900123',
    reason: null,
    position: 'newer',
    ...stored,
  };
}
