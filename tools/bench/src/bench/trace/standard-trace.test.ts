import { describe, expect, it } from 'vitest';
import { expectedFields } from './expected-contacts.ts';
import { groupByStepAndPhone } from './floor.ts';
import { createStandardTrace } from './standard-trace.ts';
import type { EventKind, TraceOrder } from './trace-event.ts';

const trace = createStandardTrace({ seed: 1, events: 2_000 });
const groups = groupByStepAndPhone(trace);
const eventsOf = (kind: EventKind) => trace.filter((event) => event.kind === kind);

function changedFields(before: TraceOrder, after: TraceOrder): string[] {
  const [old, fresh] = [expectedFields(before), expectedFields(after)];
  return [...new Set([...Object.keys(old), ...Object.keys(fresh)])].filter(
    (name) => old[name] !== fresh[name],
  );
}

describe('standard trace', () => {
  it('holds the counts by kind', () => {
    expect(trace).toHaveLength(2_000);
    expect(eventsOf('new')).toHaveLength(1_200);
    expect(eventsOf('further')).toHaveLength(500);
    expect(eventsOf('redelivery')).toHaveLength(200);
    expect(eventsOf('edit')).toHaveLength(100);
  });

  it('holds 3 % bad phones and 4 % of phones without WhatsApp', () => {
    const customers = eventsOf('new').map((event) => event.customer);
    expect(customers.filter(({ phone }) => phone === null)).toHaveLength(36);
    expect(customers.filter(({ phone, hasWhatsApp }) => phone !== null && !hasWhatsApp)).toHaveLength(48);
    expect(new Set(customers.flatMap(({ phone }) => phone ?? []))).toHaveProperty('size', 1_164);
  });

  it('puts 40 % of the further orders into bursts of 3 to 20 on one phone within a step', () => {
    const sizes = groups
      .filter(({ kind }) => kind === 'burst of further orders')
      .map(({ events }) => events.length);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(200);
    expect(Math.min(...sizes)).toBeGreaterThanOrEqual(3);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(20);
  });

  it('runs for 30 days in whole minutes, in order', () => {
    const steps = trace.map(({ step }) => step);
    expect(steps).toEqual([...steps].sort((left, right) => left - right));
    expect(steps[0]).toBeGreaterThanOrEqual(0);
    expect(steps.at(-1)).toBeLessThan(30 * 24 * 60);
    const received = eventsOf('new')
      .concat(eventsOf('further'))
      .map(({ order }) => order.webhook_received_at);
    expect(new Set(received).size).toBe(1_700);
  });

  it('changes seven mapped fields with a further order, one or two with an edit, none with a redelivery', () => {
    const rows = new Map<string, TraceOrder>();
    const newestOf = new Map<number, TraceOrder>();
    const counts = new Map<EventKind, Set<number>>();
    for (const { kind, customer, order } of trace) {
      const before = kind === 'redelivery' ? rows.get(order.order_id) : newestOf.get(customer.number);
      if (kind !== 'new' && before !== undefined) {
        counts.set(kind, (counts.get(kind) ?? new Set()).add(changedFields(before, order).length));
      }
      rows.set(order.order_id, order);
      if (kind !== 'redelivery') newestOf.set(customer.number, order);
    }
    expect(counts.get('further')).toEqual(new Set([7]));
    expect(counts.get('edit')).toEqual(new Set([1, 2]));
    expect(counts.get('redelivery')).toEqual(new Set([0]));
  });

  it('gives a phone one kind of happening per step, and lets only known customers order again', () => {
    const known = new Set<number>();
    for (const { events } of groups) {
      expect(new Set(events.map(({ kind }) => kind)).size).toBe(1);
      for (const { kind, customer } of events) {
        expect(known.has(customer.number)).toBe(kind !== 'new');
        known.add(customer.number);
      }
    }
    const keys = groups.map(({ step, events }) => `${step}/${events[0]?.customer.number}`);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('spells the phones of customers who order again in several ways', () => {
    const spellings = new Map<string, Set<string>>();
    for (const { customer, order } of trace) {
      if (customer.phone === null) continue;
      const seen = spellings.get(customer.phone) ?? new Set();
      spellings.set(customer.phone, seen.add(JSON.stringify(order.client_phone)));
    }
    expect([...spellings.values()].filter(({ size }) => size >= 3).length).toBeGreaterThan(20);
  });

  it('is the same for a seed and another for another', () => {
    expect(createStandardTrace({ seed: 1, events: 2_000 })).toEqual(trace);
    expect(createStandardTrace({ seed: 2, events: 2_000 })).not.toEqual(trace);
  });
});
