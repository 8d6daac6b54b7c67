import { describe, expect, it } from 'vitest';
import { defineMapping } from '../mapping/define-mapping.ts';
import { onlyBranches, viziEligibility } from './vizi-mapping.ts';
import { viziV11Mapping, viziV11MappingDefinition } from './vizi-v11-mapping.ts';
import { type ViziV11Order, viziV11OrderSchema } from './vizi-v11-order.ts';

const row = {
  order_id: 'IL250819IN1',
  form_id: 'frm_1',
  branch: 'IL',
  amount: '249.00',
  currency: 'ils',
  client_name: 'נועה ברק־לוי',
  client_email: 'noa.barak@example.test',
  client_phone: '972500000101',
  whatsapp_alerts_enabled: false,
  product_country: 'india',
  product_doc_type: 'evisa',
  product_country_flag: '🇮🇳',
  product_intent: 'tourism',
  product_entries: 'Multiple ',
  product_validity: '6_months',
  product_data: { urgency: 'few_hours', stay_limit: 90, wait: 3 },
  processing_days: 1,
  is_urgent: false,
  visa_quantity: 2,
  entry_date: '2025-10-05',
  webhook_received_at: '2025-08-19T08:00:00.900Z',
};

function order(columns: Record<string, unknown> = {}): ViziV11Order {
  return viziV11OrderSchema.parse({ ...row, ...columns });
}

const clear = { kind: 'clear' };
const set = (value: unknown) => ({ kind: 'set', value });
const fieldsOf = (columns: Record<string, unknown>) => {
  const { fields, problems } = viziV11Mapping.desiredContact(order(columns));
  return { ...fields, problems };
};

it('writes the fields of a v1.1 account, each by its type', () => {
  expect(viziV11Mapping.desiredContact(order())).toEqual({
    name: 'נועה ברק־לוי',
    email: 'noa.barak@example.test',
    fields: {
      customer_name: set('נועה ברק־לוי'),
      OrderNumber: set('IL250819IN1'),
      visa_country: set('india'),
      visa_type: set('evisa'),
      visa_quantity: set(2),
      intent: set('tourism'),
      entries: set('multiple'),
      validity: set('6_months'),
      flag: set('🇮🇳'),
      stay_limit: set('90'),
      order_days: set(1),
      order_sum: set(249),
      order_date_time: set('2025-08-19T08:00:00.000Z'),
      entry_date: set('2025-10-05'),
      order_urgent: set(true),
      wa_alerts: set(false),
      branch: set('il'),
      form_id: set('frm_1'),
    },
    problems: [],
  });
});

it('fills in nothing: what an order lacks is cleared, and its name is left', () => {
  const { fields, problems } = viziV11Mapping.desiredContact(viziV11OrderSchema.parse({ order_id: 'A1' }));
  expect(problems).toEqual([]);
  expect(fields.customer_name).toEqual({ kind: 'leave' });
  expect(fields.OrderNumber).toEqual(set('A1'));
  const others = Object.entries(fields).filter(
    ([name]) => name !== 'customer_name' && name !== 'OrderNumber',
  );
  expect(others).toHaveLength(16);
  expect(others.every(([, intent]) => intent.kind === 'clear')).toBe(true);
});

it('takes an amount for shekels only where it is in shekels', () => {
  for (const currency of ['RUB', 'usd', '', null]) {
    expect(fieldsOf({ currency })).toMatchObject({ order_sum: clear, problems: [] });
  }
  expect(fieldsOf({ currency: ' ILS', amount: 538.2 })).toMatchObject({ order_sum: set(538.2) });
});

describe('urgency', () => {
  it.each([
    ['few_hours', true],
    ['next_day', true],
    [' Next_Day', true],
    ['urgent', true],
    ['express', true],
    ['rush', true],
    ['priority', true],
    ['none', false],
    ['standard', false],
    ['1_2_days', false],
    ['3_days', false],
    ['5_days', false],
    ['5_15_days', false],
  ])('%s is urgent: %s, whatever the flag says', (urgency, urgent) => {
    const expected = { order_urgent: set(urgent), problems: [] };
    expect(fieldsOf({ product_data: { urgency }, is_urgent: !urgent })).toMatchObject(expected);
  });

  it.each(['tomorrow', 'constructor', 5, true, {}])('%j is not known, so it is not guessed', (urgency) => {
    expect(fieldsOf({ product_data: { urgency }, is_urgent: true })).toMatchObject({
      order_urgent: clear,
      problems: [{ field: 'order_urgent', problem: 'not_a_boolean' }],
    });
  });

  it('is what the flag says where there is no code', () => {
    const of = (is_urgent: unknown) => fieldsOf({ product_data: { urgency: null }, is_urgent });
    expect(of(true)).toMatchObject({ order_urgent: set(true) });
    expect(of(false)).toMatchObject({ order_urgent: set(false) });
    expect(of(null)).toMatchObject({ order_urgent: clear, problems: [] });
  });
});

it.each([
  [{ product_data: { urgency: ' ' }, is_urgent: true }, 'order_urgent'],
  [{ product_intent: '' }, 'intent'],
  [{ amount: 249, currency: 'ILS', product_country_flag: '\n' }, 'flag'],
])('an empty text is told as just that: %j', (columns, field) => {
  expect(fieldsOf(columns)).toMatchObject({ [field]: clear, problems: [{ field, problem: 'empty' }] });
});

describe('words of the product', () => {
  it.each([
    ['intent', 'product_intent', ['tourism', 'business', 'general'], 'work'],
    ['entries', 'product_entries', ['single', 'double', 'multiple'], 'land'],
    [
      'validity',
      'product_validity',
      [
        '2_weeks',
        '15_days',
        'month',
        '2_months',
        '3_months',
        '6_months',
        'year',
        '2_years',
        '3_years',
        '5_years',
      ],
      '30 days',
    ],
  ])('of %s are taken from a list', (field, column, known, unknown) => {
    for (const word of known) expect(fieldsOf({ [column]: word })).toMatchObject({ [field]: set(word) });
    expect(fieldsOf({ [column]: unknown })).toMatchObject({
      [field]: clear,
      problems: [{ field, problem: 'not_text' }],
    });
    expect(fieldsOf({ [column]: null })).toMatchObject({ [field]: clear, problems: [] });
  });

  it('may be in a product that is none', () => {
    for (const product_data of ['{}', 7, [1], null]) {
      expect(fieldsOf({ product_data, is_urgent: null })).toMatchObject({ stay_limit: clear, problems: [] });
    }
  });
});

it('takes every order but tests, or fewer by the rules of the other mapping', () => {
  expect(viziV11Mapping.eligibilityOf(order())).toEqual({ eligible: true });
  const test = { eligible: false, reason: 'test_order' };
  expect(viziV11Mapping.eligibilityOf(order({ order_id: 'IL1-TEST' }))).toEqual(test);
  const strict = defineMapping({
    ...viziV11MappingDefinition,
    eligible: onlyBranches(['il'], viziEligibility),
  });
  expect(strict.eligibilityOf(order())).toEqual({ eligible: false, reason: 'alerts_off' });
  expect(strict.eligibilityOf(order({ branch: 'ru' }))).toEqual({ eligible: false, reason: 'other_branch' });
});

it('names its columns for stores and triggers', () => {
  expect([...viziV11Mapping.watchedColumns].sort()).toEqual(Object.keys(row).sort());
  expect(viziV11Mapping.parse(row).ok).toBe(true);
  expect(viziV11Mapping.parse({})).toEqual({ ok: false, problems: ['order_id is invalid'] });
});
