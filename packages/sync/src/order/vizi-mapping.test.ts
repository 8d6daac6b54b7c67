import { describe, expect, it } from 'vitest';
import { defineMapping } from '../mapping/define-mapping.ts';
import { storableViziOrder } from './storable-order.ts';
import { onlyBranches, viziEligibility, viziMapping, viziMappingDefinition } from './vizi-mapping.ts';
import { type ViziOrder, viziOrderSchema } from './vizi-order.ts';
import { viziV11OrderSchema } from './vizi-v11-order.ts';

const row = {
  order_id: 'IL250819IN1',
  form_id: 'frm_1',
  branch: 'IL',
  amount: '249.00',
  currency: 'ils',
  client_name: ' נועה ברק־לוי ',
  client_email: 'noa.barak@example.test',
  client_phone: { code: '972', number: '0500000101' },
  whatsapp_alerts_enabled: true,
  product_country: 'india',
  product_doc_type: 'evisa',
  visa_quantity: 1,
  entry_date: '2025-10-05',
  urgency: 'none',
  webhook_received_at: '2025-08-19T08:00:00.123456+00:00',
};

function order(columns: Record<string, unknown> = {}): ViziOrder {
  return viziOrderSchema.parse({ ...row, ...columns });
}

it('writes the twelve fields of the plan', () => {
  expect(viziMapping.desiredContact(order())).toEqual({
    name: 'נועה ברק־לוי',
    email: 'noa.barak@example.test',
    fields: {
      name: { kind: 'set', value: 'נועה ברק־לוי' },
      email: { kind: 'set', value: 'noa.barak@example.test' },
      visa_country: { kind: 'set', value: 'india' },
      visa_type: { kind: 'set', value: 'evisa' },
      visa_quantity: { kind: 'set', value: 1 },
      urgency: { kind: 'set', value: 'none' },
      total_paid: { kind: 'set', value: '249.00 ILS' },
      order_id: { kind: 'set', value: 'IL250819IN1' },
      entry_date: { kind: 'set', value: '2025-10-05' },
      branch: { kind: 'set', value: 'il' },
      form_id: { kind: 'set', value: 'frm_1' },
      order_date: { kind: 'set', value: '2025-08-19T08:00:00.000Z' },
    },
    problems: [],
  });
});

it('clears what an order lacks, leaves name and email, and calls its visa a tourist one', () => {
  const bare = order({
    ...Object.fromEntries(Object.keys(row).map((column) => [column, null])),
    order_id: 'A1',
  });
  const leave = { kind: 'leave' };
  const clear = { kind: 'clear' };
  expect(viziMapping.desiredContact(bare)).toEqual({
    fields: {
      name: leave,
      email: leave,
      visa_country: clear,
      visa_type: { kind: 'set', value: 'tourist' },
      visa_quantity: clear,
      urgency: clear,
      total_paid: clear,
      order_id: { kind: 'set', value: 'A1' },
      entry_date: clear,
      branch: clear,
      form_id: clear,
      order_date: clear,
    },
    problems: [],
  });
});

it('tells an empty text as empty, once, and says nothing of an absent value', () => {
  const empty = (columns: Record<string, unknown>) => viziMapping.desiredContact(order(columns)).problems;
  expect(empty({ client_email: '' })).toEqual([{ field: 'email', problem: 'empty' }]);
  expect(empty({ client_name: ' \u0000' })).toEqual([{ field: 'name', problem: 'empty' }]);
  expect(empty({ visa_quantity: ' ', entry_date: '', currency: '' })).toEqual([
    { field: 'visa_quantity', problem: 'empty' },
    { field: 'total_paid', problem: 'empty' },
    { field: 'entry_date', problem: 'empty' },
  ]);
  for (const absent of [null, undefined, 'unknown'])
    expect(empty({ client_email: absent, client_name: absent, product_country: absent })).toEqual([]);
});

it('cannot tell an absent value from an empty one once a NOT NULL column holds it', () => {
  const absent = order({ client_email: null });
  expect(viziMapping.desiredContact(absent).problems).toEqual([]);
  const stored = viziMapping.desiredContact(storableViziOrder(viziV11OrderSchema.parse(absent)));
  expect(stored).toMatchObject({
    fields: { email: { kind: 'leave' } },
    problems: [{ field: 'email', problem: 'empty' }],
  });
});

it('names its columns for stores and triggers', () => {
  expect(viziMapping.orderIdColumn).toBe('order_id');
  expect(viziMapping.rankColumn).toBe('webhook_received_at');
  expect(viziMapping.orderIdOf(order())).toBe('IL250819IN1');
  expect(viziMapping.phoneOf(order())).toEqual({ code: '972', number: '0500000101' });
  expect([...viziMapping.watchedColumns].sort()).toEqual(Object.keys(row).sort());
});

describe('a row', () => {
  it('keeps unknown columns', () => {
    expect(viziOrderSchema.parse({ ...row, later: { a: 1 } })).toHaveProperty('later', { a: 1 });
  });

  it('needs an order id and nothing else', () => {
    expect(viziMapping.parse({ order_id: 'A1' }).ok).toBe(true);
    expect(viziMapping.parse({ ...row, order_id: '' })).toEqual({
      ok: false,
      problems: ['order_id is invalid'],
    });
    expect(viziMapping.parse({})).toEqual({ ok: false, problems: ['order_id is invalid'] });
  });

  it('may hold what drivers and JSON make of its columns', () => {
    const date = new Date(2025, 9, 5);
    expect(
      order({ amount: 249n, visa_quantity: '2', entry_date: date, client_phone: 972500000101, form_id: 7 }),
    ).toMatchObject({
      amount: '249',
      visa_quantity: '2',
      entry_date: date,
      client_phone: '972500000101',
      form_id: '7',
    });
    expect(order({ client_phone: { code: 972, number: 500000101n } }).client_phone).toEqual({
      code: '972',
      number: '500000101',
    });
    expect(order({ client_phone: [], amount: {}, urgency: true }).client_phone).toEqual({
      code: null,
      number: null,
    });
  });

  it.each([
    ['true', true],
    [1, true],
    ['0', false],
    ['maybe', null],
    [null, null],
  ])('with alerts %j reads as %j', (raw, flag) => {
    expect(order({ whatsapp_alerts_enabled: raw }).whatsapp_alerts_enabled).toBe(flag);
  });
});

describe('eligibility', () => {
  const israel = defineMapping({ ...viziMappingDefinition, eligible: onlyBranches(['IL'], viziEligibility) });

  it('asks for alerts and for a real order', () => {
    expect(viziMapping.eligibilityOf(order())).toEqual({ eligible: true });
    for (const off of [false, null]) {
      expect(viziMapping.eligibilityOf(order({ whatsapp_alerts_enabled: off }))).toEqual({
        eligible: false,
        reason: 'alerts_off',
      });
    }
    expect(viziMapping.eligibilityOf(order({ order_id: 'IL250822IN5-TEST' }))).toEqual({
      eligible: false,
      reason: 'test_order',
    });
    expect(viziMapping.eligibilityOf(order({ order_id: 'IL-TEST5' }))).toEqual({ eligible: true });
  });

  it('can be restricted to branches in any case', () => {
    expect(israel.eligibilityOf(order())).toEqual({ eligible: true });
    expect(israel.eligibilityOf({ ...order(), branch: 'IL' })).toEqual({ eligible: true });
    for (const branch of ['ru', null]) {
      expect(israel.eligibilityOf(order({ branch }))).toEqual({ eligible: false, reason: 'other_branch' });
    }
    expect(israel.eligibilityOf(order({ whatsapp_alerts_enabled: false }))).toEqual({
      eligible: false,
      reason: 'alerts_off',
    });
  });

  it('watches the branch where it matters', () => {
    expect(onlyBranches(['il'], { from: [], decide: () => ({ eligible: true }) }).from).toEqual(['branch']);
  });
});
