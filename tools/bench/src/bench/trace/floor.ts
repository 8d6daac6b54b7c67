import { type ExpectedFields, expectedFields } from './expected-contacts.ts';
import type { TraceEvent } from './trace-event.ts';

/** What a contract charges for the same change. */
export type Pricing = 'plan' | 'v1.1-fields' | 'v1.1-upsert' | 'v1.1-actions';

/** What happened to one phone within one step; calls are counted by it. */
export type StepKind =
  | 'new customer'
  | 'new customer without WhatsApp'
  | 'new customer with a bad phone'
  | 'further order'
  | 'burst of further orders'
  | 'edit'
  | 'redelivery';

export interface StepGroup {
  readonly step: number;
  /** Null for a bad phone. */
  readonly phone: string | null;
  readonly kind: StepKind;
  readonly events: readonly TraceEvent[];
}

/** The events of each step and phone together, in the order of the trace. */
export function groupByStepAndPhone(trace: readonly TraceEvent[]): StepGroup[] {
  const groups = new Map<string, TraceEvent[]>();
  for (const event of trace) {
    const key = `${event.step}/${event.customer.number}`;
    const events = groups.get(key);
    if (events === undefined) groups.set(key, [event]);
    else events.push(event);
  }
  return [...groups.values()].flatMap((events) => {
    const [first] = events;
    if (first === undefined) return [];
    return [
      { step: first.step, phone: first.customer.phone, kind: stepKindOf(first, events.length), events },
    ];
  });
}

function stepKindOf({ kind, customer }: TraceEvent, events: number): StepKind {
  if (kind === 'redelivery') return 'redelivery';
  if (kind === 'edit') return 'edit';
  if (kind === 'further') return events > 1 ? 'burst of further orders' : 'further order';
  if (customer.phone === null) return 'new customer with a bad phone';
  return customer.hasWhatsApp ? 'new customer' : 'new customer without WhatsApp';
}

export interface FloorRow extends StepGroup {
  readonly calls: number;
}

/** The fewest calls that can bring the service to the state after each step. */
export function floorOf(trace: readonly TraceEvent[], pricing: Pricing): FloorRow[] {
  const applied = new Map<string, ExpectedFields>();
  return groupByStepAndPhone(trace).map((group) => {
    const newest = group.events.at(-1);
    if (group.phone === null || group.kind === 'redelivery' || newest === undefined)
      return { ...group, calls: 0 };
    const before = applied.get(group.phone);
    const after = expectedFields(newest.order);
    applied.set(group.phone, after);
    const calls = before === undefined ? createCalls(pricing, group) : updateCalls(pricing, before, after);
    return { ...group, calls };
  });
}

function createCalls(pricing: Pricing, { kind }: StepGroup): number {
  if (pricing === 'plan') return kind === 'new customer' ? 1 : 2;
  return pricing === 'v1.1-upsert' ? 2 : 3;
}

function updateCalls(pricing: Pricing, before: ExpectedFields, after: ExpectedFields): number {
  const set = Object.keys(after).filter((name) => after[name] !== before[name]).length;
  const cleared = Object.keys(before).filter((name) => !(name in after)).length;
  if (set + cleared === 0) return 0;
  if (pricing === 'plan') return 1;
  if (pricing === 'v1.1-fields') return set + cleared;
  return Math.min(set, 1) + cleared;
}
