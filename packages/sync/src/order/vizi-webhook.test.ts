import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseViziWebhook } from './vizi-webhook.ts';

const receivedAt = '2025-08-19T08:00:00.000Z';

function payload(order: Record<string, unknown> = {}, form: Record<string, unknown> = {}): unknown {
  return {
    order: {
      id: 'IL250819IN1',
      form_id: 'frm_order',
      branch: 'IL',
      amount: 538.2,
      currency: 'ILS',
      status: 'active',
      ...order,
    },
    form: {
      id: 'frm_form',
      country: 'india',
      client: { name: 'Noa', phone: { code: '972', number: '0500000101' } },
      ...form,
    },
  };
}

function rowOf(input: unknown) {
  return parseViziWebhook(input, receivedAt)._unsafeUnwrap();
}

function problemsOf(input: unknown): readonly string[] {
  const error = parseViziWebhook(input, receivedAt)._unsafeUnwrapErr();
  expect(error.kind).toBe('invalid_payload');
  return error.problems;
}

describe('a webhook', () => {
  it('becomes a row of the columns of both tables', () => {
    const order = {
      id: 'CO250820IN9',
      form_id: 'frm_1',
      branch: 'co',
      domain: 'visanet.co',
      payment_processor: 'paypal',
      payment_id: 'pp_1',
      amount: 49.5,
      currency: 'usd',
      status: 'active',
      coupon: null,
    };
    const form = {
      id: 'frm_1',
      country: 'india',
      client: {
        name: 'Priya Raman',
        email: 'priya.r@example.test',
        phone: { code: '+44', number: '07700 900123' },
        whatsappAlertsEnabled: true,
      },
      product: {
        name: 'india_tourist_year',
        country: 'india',
        docType: null,
        docName: 'eVisa',
        wait: 3,
        validity: 'year',
      },
      quantity: 2,
      urgency: 'none',
      entry: { date: '03/04/2026', port: 'delhi' },
      fileTransferMethod: 'form',
      applicants: [],
    };
    expect(rowOf({ order, form, extra: 1 })).toEqual({
      order_id: 'CO250820IN9',
      form_id: 'frm_1',
      branch: 'co',
      domain: 'visanet.co',
      payment_processor: 'paypal',
      payment_id: 'pp_1',
      amount: 49.5,
      currency: 'usd',
      order_status: 'active',
      client_name: 'Priya Raman',
      client_email: 'priya.r@example.test',
      client_phone: { code: '+44', number: '07700 900123' },
      whatsapp_alerts_enabled: true,
      product_name: 'india_tourist_year',
      product_country: 'india',
      product_doc_type: null,
      product_doc_name: 'eVisa',
      visa_quantity: 2,
      entry_date: '03/04/2026',
      entry_port: 'delhi',
      urgency: 'none',
      file_transfer_method: 'form',
      product_intent: null,
      product_entries: null,
      product_validity: 'year',
      product_country_flag: null,
      product_data: {
        name: 'india_tourist_year',
        country: 'india',
        doc_type: null,
        doc_name: 'eVisa',
        intent: null,
        entries: null,
        validity: 'year',
        stay_limit: null,
        days_to_use: null,
        wait: 3,
        urgency: 'none',
      },
      processing_days: 3,
      is_urgent: false,
      webhook_received_at: receivedAt,
    });
  });

  it.each([
    ['few_hours', { processing_days: 1, is_urgent: true }],
    ['3_days', { processing_days: 7, is_urgent: false }],
    ['asap', { processing_days: 7, is_urgent: null }],
    [undefined, { processing_days: 7, is_urgent: null }],
  ])('of urgency %s takes so long', (urgency, expected) => {
    expect(rowOf(payload({}, { urgency, product: { wait: 7 } }))).toMatchObject(expected);
  });

  it('has its branch in lower case', () => {
    expect(rowOf(payload()).branch).toBe('il');
  });

  it('may have its phone as one text, or none', () => {
    expect(rowOf(payload({}, { client: { phone: '+972-53-000-0114' } })).client_phone).toBe(
      '+972-53-000-0114',
    );
    expect(rowOf(payload({}, { client: {} })).client_phone).toBeNull();
  });

  it('takes the form id and the country from where else they stand', () => {
    expect(rowOf(payload({ form_id: undefined })).form_id).toBe('frm_form');
    expect(rowOf(payload()).form_id).toBe('frm_order');
    expect(rowOf(payload()).product_country).toBe('india');
    expect(rowOf(payload({}, { product: { country: 'togo', docType: 'evisa' } }))).toMatchObject({
      product_country: 'togo',
      product_doc_type: 'evisa',
    });
  });

  it.each([
    {},
    { form: null },
    { form: 'x' },
    { form: [] },
    { form: { client: 1, product: 'x', entry: null } },
  ])('is an order whatever its form is: %j', (rest) => {
    expect(rowOf({ order: { id: 'IL250819IN1' }, ...rest }).order_id).toBe('IL250819IN1');
  });

  it('keeps unknown words and reads values of a foreign type as missing', () => {
    const row = rowOf(
      payload(
        { payment_processor: 'applepay', status: {}, amount: [] },
        { urgency: 'asap', quantity: 'two' },
      ),
    );
    expect(row).toMatchObject({
      payment_processor: 'applepay',
      order_status: null,
      amount: null,
      urgency: 'asap',
      visa_quantity: 'two',
    });
  });
});

describe('a payload without a usable order id', () => {
  it.each<[unknown, string]>([
    [undefined, 'the payload must be an object'],
    ['{}', 'the payload must be an object'],
    [null, 'the payload must be an object'],
    [{}, 'order is missing'],
    [{ order: null }, 'order is missing'],
    [{ order: 'IL250819IN1' }, 'order is missing'],
    [{ order: {} }, 'order.id is missing'],
    [{ order: { id: null } }, 'order.id is missing'],
    [{ order: { id: '' } }, 'order.id is missing'],
    [{ order: { id: 7 } }, 'order.id must be a text'],
    [{ order: { id: 'x'.repeat(51) } }, 'order.id is longer than 50 characters'],
  ])('%j is refused: %s', (input, problem) => {
    expect(problemsOf(input)).toEqual([problem]);
  });

  it.each([
    '../admin',
    'a/../b',
    'a..b',
    '%2e%2e',
    'a\\b',
    'a\nb',
    'a\0b',
    ' a',
    'a?b',
    'a#b',
    'a:b',
    "a'b",
    '\u200B',
    'a\uD800',
  ])('the id %j is refused without being repeated', (id) => {
    expect(problemsOf({ order: { id } })).toEqual(['order.id is not usable as an id']);
  });

  it('ids of 50 characters and of other forms pass', () => {
    for (const id of ['x'.repeat(50), 'IL250822IN5-TEST', 'a.b_c-d', 'заказ-1']) {
      expect(rowOf({ order: { id } }).order_id).toBe(id);
    }
  });
});

it('no payload makes it throw', { timeout: 60_000 }, () => {
  fc.assert(
    fc.property(fc.anything({ maxDepth: 4 }), fc.object({ maxDepth: 3 }), (order, form) => {
      expect(
        parseViziWebhook({ order: { id: 'A1', branch: order, amount: order }, form }, receivedAt).isOk(),
      ).toBe(true);
      expect(() => parseViziWebhook({ order, form: order }, receivedAt).isOk()).not.toThrow();
      expect(() => parseViziWebhook(order, receivedAt).isOk()).not.toThrow();
    }),
  );
});
