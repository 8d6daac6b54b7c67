import { describe, expect, it } from 'vitest';
import type { SeenCreate } from '../bench/service/messages.ts';
import { type Expectation, judgeEndState } from './oracle.ts';
import type { EndState, OrderAtRest } from './read-end-state.ts';

const phone = '447700900001';
const silentPhone = '447700900002';

const expectation: Expectation = {
  contract: 'plan',
  meaning: new Map([
    [phone, phone],
    [`+${phone}`, phone],
    [silentPhone, silentPhone],
  ]),
  withoutWhatsApp: new Set([silentPhone]),
  orders: 5,
  kills: 1,
};

function order(difference: Partial<OrderAtRest>): OrderAtRest {
  return {
    order_id: 'IL250825IN1',
    form_id: 'frm_000000000001',
    branch: 'il',
    client_name: 'Ada',
    client_email: 'ada@example.test',
    client_phone: phone,
    whatsapp_alerts_enabled: true,
    product_country: 'india',
    product_doc_type: null,
    visa_quantity: 2,
    urgency: 'none',
    amount: '150.00',
    currency: 'ILS',
    entry_date: '2025-10-01',
    webhook_received_at: '2025-08-25T09:00:00.000Z',
    status: 'synced',
    attempts: 0,
    error: null,
    ...difference,
  };
}

const fields = {
  name: 'Ada',
  email: 'ada@example.test',
  visa_country: 'india',
  visa_type: 'tourist',
  visa_quantity: 2,
  urgency: 'none',
  total_paid: '150.00 ILS',
  order_id: 'IL250825IN1',
  entry_date: '2025-10-01',
  branch: 'il',
  form_id: 'frm_000000000001',
  order_date: '2025-08-25T09:00:00.000Z',
};
const create: SeenCreate = { phone, status: 201, fault: 'latency', carriedOut: true };

/** One newest order, an older one of the same phone, and one of each other fate. */
const good: EndState = {
  orders: [
    order({}),
    order({
      order_id: 'IL250824IN7',
      client_phone: `+${phone}`,
      urgency: 'next_day',
      webhook_received_at: '2025-08-24T09:00:00.000Z',
    }),
    order({ order_id: 'IL250825IN2', client_phone: silentPhone, status: 'no_whatsapp' }),
    order({ order_id: 'IL250825IN3', client_phone: '12', status: 'failed' }),
    order({
      order_id: 'IL250826IN4-TEST',
      webhook_received_at: '2025-08-26T09:00:00.000Z',
      status: 'skipped',
    }),
  ],
  heldLeases: 0,
  contacts: [
    { id: phone, fields },
    { id: silentPhone, fields: { ...fields, order_id: 'IL250825IN2' } },
  ],
  creates: [create, { ...create, phone: silentPhone }],
  violations: 0,
  requests: {},
};

function failed(difference: Partial<EndState>, differently: Partial<Expectation> = {}): string[] {
  const checks = judgeEndState({ ...good, ...difference }, { ...expectation, ...differently });
  return checks.filter(({ ok }) => !ok).map(({ name }) => name);
}

/** The good orders with one of them changed. */
const withOrder = (index: number, difference: Partial<OrderAtRest>) => ({
  orders: good.orders.map((row, at) => (at === index ? { ...row, ...difference } : row)),
});
const [first, second] = good.contacts;
const contactsWith = (changed: Record<string, string | number>) => ({
  contacts: [{ id: phone, fields: { ...fields, ...changed } }, ...(second === undefined ? [] : [second])],
});

describe('judgeEndState', () => {
  it('passes what is as it must be', () => {
    expect(failed({})).toEqual([]);
  });

  it.each([
    ['an order was lost', { orders: good.orders.slice(1) }, 'orders'],
    ['an eligible order failed', withOrder(0, { status: 'failed' }), 'eligible orders synced or no_whatsapp'],
    [
      'a silent phone counts as synced',
      withOrder(2, { status: 'synced' }),
      'eligible orders synced or no_whatsapp',
    ],
    ['a bad phone counts as synced', withOrder(3, { status: 'synced' }), 'orders with a bad phone failed'],
    ['a test order was synced', withOrder(4, { status: 'synced' }), 'ineligible orders skipped'],
    ['an order is syncing', withOrder(1, { status: 'syncing' }), 'orders syncing'],
    ['an order is pending', withOrder(1, { status: 'pending' }), 'orders pending'],
    ['a lease is held', { heldLeases: 1 }, 'leases held'],
    ['a contact is missing', { contacts: good.contacts.slice(1) }, 'contacts missing'],
    [
      'a contact is too many',
      { contacts: [...good.contacts, { id: '447700900009', fields }] },
      'contacts not expected',
    ],
    ['the service saw a wrong request', { violations: 1 }, 'requests or answers against the contract'],
    ['a contact was created twice', { creates: [...good.creates, create] }, 'effective creates of one phone'],
  ])('fails when %s', (_name, difference, check) => {
    expect(failed(difference)).toContain(check);
  });

  it.each([
    ['holds an older order', { urgency: 'next_day', order_id: 'IL250824IN7' }],
    ['holds the order of an ineligible one', { order_id: 'IL250826IN4-TEST' }],
    ['has one field of another value', { total_paid: '150.00 USD' }],
    ['has a value of another type', { visa_quantity: '2' }],
    ['has a field too many', { entry_port: 'x' }],
  ])('fails when a contact %s', (_name, changed) => {
    expect(failed(contactsWith(changed))).toEqual(['contacts that differ from their newest order']);
  });

  it('fails when a field that the newest order left empty still stands', () => {
    expect(failed(withOrder(0, { entry_date: null }))).toEqual([
      'contacts that differ from their newest order',
    ]);
    const { entry_date: _cleared, ...others } = fields;
    const cleared = { contacts: [{ id: phone, fields: others }, ...(second === undefined ? [] : [second])] };
    expect(failed({ ...withOrder(0, { entry_date: null }), ...cleared })).toEqual([]);
  });

  it('ranks orders of one instant by their ids', () => {
    const same = withOrder(1, { webhook_received_at: '2025-08-25T09:00:00.000Z', order_id: 'IL250825IN0' });
    expect(failed(same)).toEqual([]);
    const newer = withOrder(1, { webhook_received_at: '2025-08-25T09:00:00.000Z', order_id: 'IL250825IN9' });
    expect(failed(newer)).toEqual(['contacts that differ from their newest order']);
  });

  it('allows as many conflicts as workers were killed and creates were unclear', () => {
    const conflict: SeenCreate = { phone, status: 409, fault: 'latency', carriedOut: true };
    const unclear: SeenCreate = { phone, status: null, fault: 'connection_reset', carriedOut: true };
    const name = 'conflicts (kills + unclear creates)';
    expect(failed({ creates: [...good.creates, conflict] })).toEqual([]);
    expect(failed({ creates: [...good.creates, conflict] }, { kills: 0 })).toEqual([name]);
    expect(failed({ creates: [unclear, conflict, ...good.creates.slice(1)] }, { kills: 0 })).toEqual([]);
    expect(failed({ creates: [...good.creates, conflict, conflict] })).toEqual([name]);
  });

  it('reads moments as contract v1.1 keeps them, and lets nobody tell who has no WhatsApp there', () => {
    const texts = {
      ...fields,
      visa_quantity: '2',
      entry_date: String(Date.UTC(2025, 9, 1) / 1_000),
      order_date: String(Date.UTC(2025, 7, 25, 9) / 1_000),
    };
    const contacts = [
      { id: phone, fields: texts },
      { id: silentPhone, fields: { ...texts, order_id: 'IL250825IN2' } },
    ];
    expect(failed({ contacts, ...withOrder(2, { status: 'synced' }) }, { contract: 'v1.1' })).toEqual([]);
    expect(first).toBeDefined();
    expect(failed({}, { contract: 'v1.1' })).toEqual(['contacts that differ from their newest order']);
  });
});
