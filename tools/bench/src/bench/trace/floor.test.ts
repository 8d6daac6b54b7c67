import { describe, expect, it } from 'vitest';
import { expectedContacts } from './expected-contacts.ts';
import { floorOf, type Pricing } from './floor.ts';
import { createStandardTrace } from './standard-trace.ts';
import type { Customer, EventKind, TraceEvent, TraceOrder } from './trace-event.ts';

const person: Customer = {
  number: 1,
  phone: '447700900001',
  spellings: ['+447700900001'],
  hasWhatsApp: true,
};
const silent: Customer = { ...person, number: 2, phone: '447700900002', hasWhatsApp: false };
const nobody: Customer = { ...person, number: 3, phone: null, hasWhatsApp: false };

const first: TraceOrder = {
  order_id: 'A1',
  form_id: 'frm_1',
  branch: 'co',
  client_name: 'Ada Example',
  client_email: 'ada@example.test',
  client_phone: '+447700900001',
  whatsapp_alerts_enabled: true,
  product_country: 'india',
  product_doc_type: null,
  visa_quantity: 1,
  urgency: 'none',
  amount: '10.00',
  currency: 'USD',
  entry_date: '2025-10-01',
  webhook_received_at: '2025-08-01T00:00:00.000Z',
};
const second: TraceOrder = {
  ...first,
  order_id: 'A2',
  entry_date: null,
  webhook_received_at: '2025-08-02T00:00:00.000Z',
};

const at = (step: number, kind: EventKind, customer: Customer, order: TraceOrder): TraceEvent => ({
  step,
  kind,
  customer,
  order,
});
const calls = (trace: TraceEvent[], pricing: Pricing) => floorOf(trace, pricing).map((row) => row.calls);
const opening = at(0, 'new', person, first);

describe('floor', () => {
  it.each([
    ['plan', [1, 2, 0]],
    ['v1.1-fields', [3, 3, 0]],
    ['v1.1-upsert', [2, 2, 0]],
    ['v1.1-actions', [3, 3, 0]],
  ] as const)('of new customers on %s', (pricing, expected) => {
    const trace = [opening, at(0, 'new', silent, first), at(0, 'new', nobody, first)];
    expect(calls(trace, pricing)).toEqual(expected);
  });

  it.each([
    ['plan', 1],
    ['v1.1-fields', 3],
    ['v1.1-upsert', 2],
    ['v1.1-actions', 2],
  ] as const)('of a further order that sets two fields and clears one on %s', (pricing, expected) => {
    expect(calls([opening, at(1, 'further', person, second)], pricing)[1]).toBe(expected);
  });

  it('counts orders of one phone in one step as one, and only what differs in the end', () => {
    const between = { ...first, order_id: 'A3', urgency: 'next_day' };
    const trace = [opening, at(1, 'further', person, between), at(1, 'further', person, second)];
    expect(calls(trace, 'v1.1-fields')).toEqual([3, 3]);
    expect(floorOf(trace, 'plan')[1]?.kind).toBe('burst of further orders');
  });

  it('asks nothing for a redelivery and one call per field for an edit', () => {
    const edited = { ...first, urgency: 'next_day', visa_quantity: 2 };
    const trace = [opening, at(1, 'redelivery', person, first), at(2, 'edit', person, edited)];
    expect(calls(trace, 'v1.1-fields')).toEqual([3, 0, 2]);
    expect(calls(trace, 'v1.1-upsert')).toEqual([2, 0, 1]);
    expect(calls(trace, 'plan')).toEqual([1, 0, 1]);
  });

  it('lies between the number of contacts and the number of events on contract plan', () => {
    const trace = createStandardTrace({ seed: 1, events: 2_000 });
    const total = floorOf(trace, 'plan').reduce((sum, row) => sum + row.calls, 0);
    expect(total).toBeGreaterThan(1_164 + 48 + 300);
    expect(total).toBeLessThan(1_164 + 48 + 300 + 100 + 70);
  });
});

describe('expected contacts', () => {
  it('take the fields of the newest order, and name and email of the first', () => {
    const renamed = { ...second, client_name: 'Ada E.' };
    const contacts = expectedContacts([opening, at(1, 'further', person, renamed)]);
    expect(contacts.get('447700900001')).toEqual({
      name: 'Ada Example',
      email: 'ada@example.test',
      fields: {
        name: 'Ada E.',
        email: 'ada@example.test',
        visa_country: 'india',
        visa_type: 'tourist',
        visa_quantity: 1,
        urgency: 'none',
        total_paid: '10.00 USD',
        order_id: 'A2',
        branch: 'co',
        form_id: 'frm_1',
        order_date: '2025-08-02T00:00:00.000Z',
      },
    });
  });

  it('ignore bad phones and redeliveries of older orders', () => {
    const trace = [
      opening,
      at(0, 'new', nobody, first),
      at(1, 'further', person, second),
      at(2, 'redelivery', person, first),
    ];
    const contacts = expectedContacts(trace);
    expect(contacts.size).toBe(1);
    expect(contacts.get('447700900001')?.fields.order_id).toBe('A2');
  });
});
