import type { DesiredContact, FieldIntent } from '../../src/mapping/mapping.ts';
import type { ChoiceRules } from '../../src/planner/choose-target.ts';
import type { ContactHasher, Knowledge } from '../../src/planner/knowledge.ts';
import type { WhatsAppKnowledge, WhatsAppRules } from '../../src/planner/whatsapp.ts';
import type { FieldValue } from '../../src/ports/contact-gateway.ts';
import type { Ledger, Ranked, ReadableOrder } from '../../src/ports/order-store.ts';

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
    wrote: false,
    created: false,
    updated: false,
    ...facts,
  };
}

export function ledger(facts: Partial<Ledger> = {}): Ledger {
  return {
    contact: 'unknown',
    hashes: {},
    appliedHashes: null,
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
  readonly id: string;
  readonly here: boolean;
  readonly refusal: string | null;
  /** Which part of the mapping throws. */
  readonly breaks: 'phone' | 'eligible' | 'fields' | null;
}

function breakIf(order: PlannedOrder, part: PlannedOrder['breaks']): void {
  if (order.breaks === part) throw new RangeError('a message with customer data');
}

const planned = (orderId: string) => desire({ ticket: set(orderId) });

/** The hashes of the order that the ledger keeps. */
export function valuesOf(orderId: string): Record<string, string> {
  return hashes(planned(orderId).fields);
}

export const plannedRules: ChoiceRules<PlannedOrder> = {
  hasher: plainHasher,
  belongs(order) {
    breakIf(order, 'phone');
    return order.here;
  },
  mapping: {
    phoneOf: () => null,
    eligibilityOf(order) {
      breakIf(order, 'eligible');
      return order.refusal === null ? { eligible: true } : { eligible: false, reason: order.refusal };
    },
    desiredContact(order) {
      breakIf(order, 'fields');
      return planned(order.id);
    },
  },
};

export type PlannedCandidate = ReadableOrder<PlannedOrder> & Ranked;

export function candidate(
  orderId: string,
  facts: Partial<Omit<PlannedCandidate, 'order'>> & Partial<Omit<PlannedOrder, 'id'>> = {},
): PlannedCandidate {
  const { here = true, refusal = null, breaks = null, ...stored } = facts;
  return {
    orderId,
    order: { id: orderId, here, refusal, breaks },
    version: 1,
    status: 'pending',
    attempts: 0,
    phoneKey: '447700900123',
    reason: null,
    dueInMs: 0,
    failingForMs: null,
    readable: true,
    position: 'newer',
    ...stored,
  };
}
