import { describe, expect, it } from 'vitest';
import { json, text } from '../../test/scripted-fetch.ts';
import { appendixContact, finish, found, phone, setUp } from '../../test/set-up.ts';

const answerWith = (change: object) => json({ ...appendixContact, ...change });
const failureOf = (result: { _unsafeUnwrapErr(): { kind: string; retryable: boolean; effect: string } }) => {
  const { kind, retryable, effect } = result._unsafeUnwrapErr();
  return { kind, retryable, effect };
};

describe('create', () => {
  const contact = { phone, name: 'John Doe', email: 'john@example.com', fields: { visa_country: 'uk' } };

  it.each([200, 201])('takes a %i that shows what was sent', async (status) => {
    const { client, sent } = setUp([json(appendixContact, status)]);
    expect((await client.contacts.create(contact))._unsafeUnwrap()).toMatchObject({
      id: phone,
      whatsApp: 'yes',
      updatedAt: '2025-08-20T10:00:00.000Z',
    });
    expect(sent[0]).toMatchObject({ method: 'POST', path: '/api/contacts' });
    expect(JSON.parse(sent[0]?.body ?? '')).toEqual({
      id: phone,
      phone,
      name: 'John Doe',
      email: 'john@example.com',
      customFields: { visa_country: 'uk' },
    });
  });

  it('leaves out a name and an email that there are not', async () => {
    const { client, sent } = setUp([found]);
    await finish(client.contacts.create({ phone, fields: {} }));
    expect(sent[0]?.body).toBe(`{"id":"${phone}","phone":"${phone}","customFields":{}}`);
  });

  it.each([
    [409, 'conflict', false, 'none'],
    [400, 'invalid_request', false, 'none'],
    [422, 'invalid_request', false, 'none'],
    [401, 'unauthorized', false, 'none'],
    [403, 'unauthorized', false, 'none'],
    [429, 'rate_limited', true, 'none'],
    [408, 'unavailable', true, 'unknown'],
    [500, 'unavailable', true, 'unknown'],
    [502, 'unavailable', true, 'unknown'],
    [503, 'unavailable', true, 'unknown'],
    [504, 'unavailable', true, 'unknown'],
  ])('takes %i as %s', async (status, kind, retryable, effect) => {
    for (const body of ['', '<html>', '{"error":"x"}', '{"message":{"code":1,"message":"x"}}', '{"id']) {
      const { client, clock } = setUp([text(body, status)]);
      const result = await clock.settle(client.contacts.create(contact));
      expect(failureOf(result)).toEqual({ kind, retryable, effect });
      expect(result._unsafeUnwrapErr().status).toBe(status);
    }
  });

  it('is unproven by an answer that cannot be read', async () => {
    const { client } = setUp([text('{"id":"4477')]);
    expect(failureOf(await client.contacts.create(contact))).toMatchObject({
      kind: 'unexpected_body',
      effect: 'unknown',
    });
  });

  it('is unproven by a ghost without phone', async () => {
    const { client } = setUp([answerWith({ phone: '' })]);
    expect(failureOf(await client.contacts.create(contact)).kind).toBe('unexpected_body');
  });

  it('is partial where a field is not shown', async () => {
    const { client } = setUp([answerWith({ customFields: {} })]);
    expect((await client.contacts.create(contact))._unsafeUnwrapErr()).toMatchObject({
      kind: 'partial_write',
      missingFields: ['visa_country'],
    });
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, null, undefined, {}])(
    'refuses the field value %s, which JSON cannot hold',
    async (value) => {
      const { client, sent } = setUp([found]);
      const result = await client.contacts.create(Object({ phone, fields: { a: value } }));
      expect(failureOf(result)).toMatchObject({ kind: 'invalid_request', effect: 'none' });
      expect(sent).toHaveLength(0);
    },
  );
});

describe('update', () => {
  it('sends values and nulls in one request', async () => {
    const { client, sent } = setUp([
      answerWith({ hasWhatsApp: false, customFields: { a: 'x', b: '2', c: 'true' } }),
    ]);
    const result = await client.contacts.update(phone, {
      set: { a: 'x', b: 2, c: true },
      clear: ['d', '__proto__'],
    });
    expect(result._unsafeUnwrap()).toMatchObject({ whatsApp: 'no', fields: { a: 'x', b: '2', c: 'true' } });
    expect(sent).toHaveLength(1);
    expect(sent[0]).toMatchObject({
      method: 'PATCH',
      body: '{"customFields":{"a":"x","b":2,"c":true,"d":null,"__proto__":null}}',
    });
  });

  it.each([null, '', undefined])('takes a field that shows %j as cleared', async (shown) => {
    const { client } = setUp([answerWith({ customFields: { d: shown } })]);
    expect((await client.contacts.update(phone, { set: {}, clear: ['d'] })).isOk()).toBe(true);
  });

  it('names the fields that the answer does not show', async () => {
    const { client } = setUp([answerWith({ customFields: { a: 'x', b: 'old', e: 'old' } })]);
    const result = await client.contacts.update(phone, {
      set: { a: 'x', b: 'new', c: 1 },
      clear: ['d', 'e'],
    });
    expect(result._unsafeUnwrapErr()).toMatchObject({
      kind: 'partial_write',
      missingFields: ['b', 'c', 'e'],
      retryable: true,
      effect: 'unknown',
    });
  });

  it('does not take a name of the prototype for an answer', async () => {
    const { client } = setUp([answerWith({ customFields: {} })]);
    const result = await client.contacts.update(phone, { set: { a: 1 }, clear: ['toString'] });
    expect(result._unsafeUnwrapErr()).toMatchObject({ missingFields: ['a'] });
  });

  it('names every field where the answer shows none at all', async () => {
    const { client } = setUp([json({ id: phone, phone })]);
    const result = await client.contacts.update(phone, { set: { a: 1, b: 2 }, clear: [] });
    expect(result._unsafeUnwrapErr()).toMatchObject({ missingFields: ['a', 'b'] });
  });

  it('refuses the answer of another contact', async () => {
    const { client } = setUp([answerWith({ id: '447700900999' })]);
    const result = await client.contacts.update(phone, { set: { visa_country: 'uk' }, clear: [] });
    expect(failureOf(result)).toEqual({ kind: 'unexpected_body', retryable: false, effect: 'unknown' });
  });

  it('tells that there is no such contact', async () => {
    const { client } = setUp([json({ error: 'Contact not found' }, 404)]);
    const result = await client.contacts.update(phone, { set: { a: 1 }, clear: [] });
    expect(failureOf(result)).toEqual({ kind: 'not_found', retryable: false, effect: 'none' });
  });

  it.each([
    ['nothing', { set: {}, clear: [] }],
    ['a field both ways', { set: { a: 1 }, clear: ['a'] }],
    ['a number that is none', { set: { a: Number.NaN }, clear: [] }],
  ])('refuses to write %s', async (_, changes) => {
    const { client, sent } = setUp([found]);
    expect(failureOf(await client.contacts.update(phone, changes)).kind).toBe('invalid_request');
    expect(sent).toHaveLength(0);
  });
});

describe('erase', () => {
  it('clears the fields and says what stays', async () => {
    const { client, sent } = setUp([answerWith({ customFields: { a: null } })]);
    expect((await client.contacts.erase(phone, ['a', 'b']))._unsafeUnwrap()).toEqual({
      kind: 'cleared',
      remaining: ['name', 'email', 'phone'],
    });
    expect(sent[0]).toMatchObject({ method: 'PATCH', body: '{"customFields":{"a":null,"b":null}}' });
  });

  it('has nothing to do where there is no contact', async () => {
    const { client } = setUp([json({ error: 'Contact not found' }, 404)]);
    expect((await client.contacts.erase(phone, ['a']))._unsafeUnwrap()).toEqual({
      kind: 'absent',
      remaining: [],
    });
  });

  it('names the fields that are not cleared', async () => {
    const { client } = setUp([answerWith({ customFields: { a: 'still here' } })]);
    expect((await client.contacts.erase(phone, ['a', 'b']))._unsafeUnwrapErr()).toMatchObject({
      kind: 'partial_write',
      missingFields: ['a'],
    });
  });
});
