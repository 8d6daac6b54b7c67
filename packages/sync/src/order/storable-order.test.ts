import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { storablePhone, storableViziOrder } from './storable-order.ts';
import { viziMapping } from './vizi-mapping.ts';
import { type ViziV11Order, viziV11OrderSchema } from './vizi-v11-order.ts';

function order(columns: Record<string, unknown>): ViziV11Order {
  return viziV11OrderSchema.parse({
    order_id: 'IL250819IN1',
    webhook_received_at: '2025-08-19T08:00:00.000Z',
    ...columns,
  });
}

describe('a phone column of 20 characters', () => {
  it.each([
    [{ code: '972', number: '0500000101' }, '972500000101'],
    [{ code: '+972', number: 'call my office please' }, '+972 call my office'],
    [{ number: 'call me' }, 'call me'],
    ['ask at the desk of the hotel', 'ask at the desk of t'],
    ['a\0\uD800b', 'ab'],
    ['👍'.repeat(30), '👍'.repeat(20)],
    [null, ''],
    [{}, ''],
  ])('takes %j as %j', (input, expected) => {
    expect(storablePhone(input)).toBe(expected);
  });
});

describe('an order for the table', () => {
  it('keeps what fits', () => {
    const fitting = {
      order_id: 'IL250819IN1',
      form_id: 'frm_1',
      branch: 'il',
      domain: 'visanet.co.il',
      payment_processor: 'stripe',
      payment_id: 'pi_1',
      amount: '249.00',
      currency: 'ILS',
      order_status: 'active',
      client_name: 'נועה',
      client_email: 'noa@example.test',
      client_phone: '972500000101',
      whatsapp_alerts_enabled: true,
      product_name: 'india_tourist_year',
      product_country: 'india',
      product_doc_type: 'evisa',
      product_doc_name: 'eVisa',
      visa_quantity: 2,
      entry_date: '2025-10-05',
      entry_port: 'delhi',
      urgency: 'none',
      file_transfer_method: 'form',
      product_intent: 'tourism',
      product_entries: 'multiple',
      product_validity: 'year',
      product_country_flag: null,
      product_data: { stay_limit: 90, urgency: 'none' },
      processing_days: 3,
      is_urgent: false,
      webhook_received_at: '2025-08-19T08:00:00.000Z',
      raw: 'kept',
    };
    expect(storableViziOrder(order(fitting))).toEqual(fitting);
  });

  it('has empty texts where a column may not be null, and null where it may', () => {
    expect(storableViziOrder(order({}))).toEqual({
      order_id: 'IL250819IN1',
      form_id: '',
      branch: '',
      domain: '',
      payment_processor: '',
      payment_id: '',
      amount: 0,
      currency: '',
      order_status: '',
      client_name: '',
      client_email: '',
      client_phone: '',
      whatsapp_alerts_enabled: false,
      product_name: '',
      product_country: '',
      product_doc_type: null,
      product_doc_name: null,
      visa_quantity: null,
      entry_date: null,
      entry_port: null,
      urgency: null,
      file_transfer_method: null,
      product_intent: null,
      product_entries: null,
      product_validity: null,
      product_country_flag: null,
      product_data: null,
      processing_days: null,
      is_urgent: null,
      webhook_received_at: '2025-08-19T08:00:00.000Z',
    });
  });

  it.each([
    ['form_id', 50, ''],
    ['branch', 10, ''],
    ['payment_processor', 20, ''],
    ['order_status', 20, ''],
    ['product_country', 20, ''],
    ['product_doc_type', 50, null],
    ['urgency', 20, null],
    ['file_transfer_method', 20, null],
  ])('drops a %s of more than %i characters', (column, width, empty) => {
    expect(storableViziOrder(order({ [column]: 'x'.repeat(width) }))).toMatchObject({
      [column]: 'x'.repeat(width),
    });
    expect(storableViziOrder(order({ [column]: 'x'.repeat(width + 1) }))).toMatchObject({ [column]: empty });
  });

  it.each([
    [{ visa_quantity: 'two' }, { visa_quantity: null }],
    [{ processing_days: '3 or 4' }, { processing_days: null }],
    [{ product_intent: '\0tourism ' }, { product_intent: 'tourism' }],
    [
      { product_data: { urgency: 'none\0', stay_limit: { days: 90 }, wait: 3, doc_name: null } },
      { product_data: { urgency: 'none', wait: 3, doc_name: null } },
    ],
    [{ visa_quantity: 1.5 }, { visa_quantity: null }],
    [{ visa_quantity: 2 ** 31 }, { visa_quantity: null }],
    [{ visa_quantity: 2 ** 31 - 1 }, { visa_quantity: 2 ** 31 - 1 }],
    [{ visa_quantity: -(2 ** 31) - 1 }, { visa_quantity: null }],
    [{ visa_quantity: '-3' }, { visa_quantity: -3 }],
    [{ entry_date: '03/04/2026' }, { entry_date: null }],
    [
      { amount: 'x', currency: 'ILS' },
      { amount: 0, currency: '' },
    ],
    [
      { amount: 249, currency: 'SHEKEL' },
      { amount: 0, currency: '' },
    ],
    [{ amount: 249 }, { amount: 0, currency: '' }],
    [{ currency: 'ILS' }, { amount: 0, currency: '' }],
    [
      { amount: 99_999_999.999, currency: 'ILS' },
      { amount: 0, currency: '' },
    ],
    [
      { amount: -99_999_999.999, currency: 'ILS' },
      { amount: 0, currency: '' },
    ],
    [
      { amount: 99_999_999, currency: 'ILS' },
      { amount: 99_999_999, currency: 'ILS' },
    ],
    [
      { amount: 249, currency: ' ILS\0' },
      { amount: 249, currency: 'ILS' },
    ],
    [{ client_name: 'a\0b' }, { client_name: 'ab' }],
  ])('reads %j as %j', (columns, expected) => {
    expect(storableViziOrder(order(columns))).toMatchObject(expected);
  });

  it('means the same contact as before', { timeout: 60_000 }, () => {
    const cell = fc.oneof(
      fc.string({ maxLength: 30 }),
      fc.double(),
      fc.constantFrom(null, 'ILS', '249.00', '2025-10-05', 'unknown'),
    );
    const columns = [
      'amount',
      'currency',
      'client_name',
      'visa_quantity',
      'entry_date',
      'product_doc_type',
      'client_email',
    ];
    const rows = fc.record(Object.fromEntries(columns.map((column) => [column, cell])));
    fc.assert(
      fc.property(rows, (row) => {
        const before = viziMapping.desiredContact(order(row));
        const after = viziMapping.desiredContact(storableViziOrder(order(row)));
        expect(after.name).toBe(before.name);
        for (const field of ['name', 'email', 'entry_date', 'visa_type'])
          expect(after.fields[field]).toEqual(before.fields[field]);
      }),
    );
  });
});
