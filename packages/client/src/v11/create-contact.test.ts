import { describe, expect, it } from 'vitest';
import { phone, setUpService } from '../../test/set-up-v11.ts';
import type { V11ClientOptions } from './create-v11-client.ts';

const contact = {
  phone,
  name: 'Jane van Doe',
  email: 'jane@example.com',
  fields: { visa_country: 'india', visa_quantity: 2, entry_date: '2026-02-28', order_urgent: true },
};
const creation = `POST /contacts`;
const reading = `GET /contacts/${phone}`;

type Damage = (answer: Record<string, unknown>) => unknown;

/** Changes what the service says, not what it does. */
const setUpDamaged = (line: string, damage: Damage, options: Partial<V11ClientOptions> = {}) => {
  const given = setUpService(options);
  given.service.intercept = async (index, request, answer) => {
    const response = await answer(request);
    if (given.service.exchanges[index]?.line !== line) return response;
    return Response.json(damage(await response.json()));
  };
  return given;
};

describe('create', () => {
  it('sends names, email and fields by name, and reads back', async () => {
    const { client, service } = setUpService();
    expect((await client.contacts.create(contact))._unsafeUnwrap()).toEqual({
      id: phone,
      name: 'Jane van Doe',
      email: 'jane@example.com',
      whatsApp: 'yes',
      fields: contact.fields,
      createdAt: null,
      updatedAt: null,
    });
    expect(service.lines()).toEqual(['GET /accounts/custom_fields', creation, reading]);
    expect(JSON.parse(service.exchanges[1]?.body ?? '')).toEqual({
      phone,
      first_name: 'Jane',
      last_name: 'van Doe',
      email: 'jane@example.com',
      actions: [
        { action: 'set_field_value', field_name: 'visa_country', value: 'india' },
        { action: 'set_field_value', field_name: 'visa_quantity', value: '2' },
        { action: 'set_field_value', field_name: 'entry_date', value: '1772236800' },
        { action: 'set_field_value', field_name: 'order_urgent', value: '1' },
      ],
    });
  });

  it('of a bare phone sends nothing else', async () => {
    const { client, service } = setUpService();
    (await client.contacts.create({ phone, fields: {} }))._unsafeUnwrap();
    expect(service.lines()).toEqual([creation, reading]);
    expect(service.exchanges[0]?.body).toBe(`{"phone":"${phone}"}`);
  });

  it('fails where the service answers with another contact', async () => {
    const { client } = setUpDamaged(creation, () => ({ success: true, data: { id: '447700900124' } }));
    expect((await client.contacts.create(contact))._unsafeUnwrapErr()).toMatchObject({
      kind: 'unexpected_body',
      retryable: false,
      effect: 'unknown',
    });
  });

  it('names the fields that are not there afterwards', async () => {
    const { client, service } = setUpService();
    const { intercept } = service;
    service.intercept = async (index, request, answer) => {
      const response = await intercept(index, request, answer);
      // The service swallows a value of the wrong type and reports success.
      service.contacts.get(phone)?.values.delete('100002');
      service.contacts.get(phone)?.values.set('100003', '0');
      return response;
    };
    const error = (await client.contacts.create(contact))._unsafeUnwrapErr();
    expect(error).toMatchObject({
      kind: 'partial_write',
      missingFields: ['visa_quantity', 'entry_date'],
      retryable: true,
      effect: 'none',
    });
    expect(error).not.toHaveProperty('stoppedBy');
  });

  it('fails where the new contact is a ghost', async () => {
    const { client } = setUpDamaged(reading, (answer) => ({ ...answer, phone: '' }));
    expect((await client.contacts.create(contact))._unsafeUnwrapErr()).toMatchObject({
      kind: 'unexpected_body',
      retryable: true,
      effect: 'unknown',
    });
  });

  it('does not know the effect where the reading back fails', async () => {
    const { client } = setUpDamaged(reading, () => ({ success: false, message: 'Invalid' }));
    expect((await client.contacts.create(contact))._unsafeUnwrapErr()).toMatchObject({
      kind: 'invalid_request',
      effect: 'unknown',
    });
  });

  it('ends with the error of the creation', async () => {
    const { client, service } = setUpDamaged(creation, () => ({ success: false }));
    expect((await client.contacts.create(contact))._unsafeUnwrapErr()).toMatchObject({
      kind: 'invalid_request',
      effect: 'none',
    });
    expect(service.lines()).not.toContain(reading);
  });
});

describe('create by upsert', () => {
  const updateStrategy = 'upsert';

  it('of a new contact costs two requests', async () => {
    const { client, service } = setUpService({ updateStrategy });
    (await client.contacts.create({ ...contact, fields: {} }))._unsafeUnwrap();
    (await client.contacts.create({ phone: '447700900124', fields: contact.fields }))._unsafeUnwrap();
    expect(service.lines().filter((line) => line.includes('/contacts'))).toHaveLength(4);
  });

  it.each([
    ['another name', { first_name: 'John' }],
    ['another email', { email: 'john@example.com' }],
    ['a field that was not sent', { values: new Map([['100006', 'old']]) }],
  ])('conflicts where the contact holds %s', async (_, existing) => {
    const { client, service } = setUpService({ updateStrategy });
    const empty = { first_name: '', last_name: '', email: '', channel: 5, values: new Map() };
    service.contacts.set(phone, { ...empty, ...existing });
    expect((await client.contacts.create(contact))._unsafeUnwrapErr()).toMatchObject({
      kind: 'conflict',
      effect: 'unknown',
      retryable: true,
    });
  });

  it('does not conflict over letter case, blanks or an identity that the service does not tell', async () => {
    const { client } = setUpDamaged(
      reading,
      (answer) => ({ ...answer, full_name: ' JANE  van doe', email: null }),
      { updateStrategy },
    );
    expect((await client.contacts.create(contact)).isOk()).toBe(true);
  });

  it.each(['fields', 'actions'] as const)('alone: %s takes what it finds', async (strategy) => {
    const { client, service } = setUpService({ updateStrategy: strategy });
    const values = new Map([['100006', 'old']]);
    service.contacts.set(phone, { first_name: 'John', last_name: '', email: '', channel: 5, values });
    expect((await client.contacts.create(contact)).isOk()).toBe(true);
  });
});
