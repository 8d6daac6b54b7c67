import { describe, expect, it } from 'vitest';
import { json, text } from '../../test/scripted-fetch.ts';
import { appendixContact, finish, found, phone, setUp } from '../../test/set-up.ts';

const answerWith = (change: object) => json({ ...appendixContact, ...change });
const failureOf = (result: { _unsafeUnwrapErr(): { kind: string; retryable: boolean; effect: string } }) => {
  const { kind, retryable, effect } = result._unsafeUnwrapErr();
  return { kind, retryable, effect };
};

describe('contacts of the plan contract', () => {
  it('say what they can do', () => {
    expect(setUp([]).client.contacts.capabilities).toEqual({
      conflictOnCreate: true,
      checksWhatsApp: true,
      updatesInOneRequest: true,
    });
  });

  it.each(['', '.', '..', '%2e%2e', '1\n', '1/2', '../1', '+447700900123', '４４７７', '1'.repeat(21), ' 1'])(
    'refuse the id %j before any request',
    async (id) => {
      const { contacts, sent } = { ...setUp([found]), ...setUp([found]).client };
      const results = [
        await contacts.find(id),
        await contacts.create({ phone: id, fields: {} }),
        await contacts.update(id, { set: { a: 1 }, clear: [] }),
        await contacts.checkWhatsApp(id),
        await contacts.erase(id, ['a']),
      ];
      for (const result of results) {
        expect(failureOf(result)).toEqual({ kind: 'invalid_request', retryable: false, effect: 'none' });
      }
      expect(sent).toHaveLength(0);
    },
  );

  it('refuse an id that is no text', async () => {
    const { client, sent } = setUp([found]);
    expect(failureOf(await client.contacts.find(Object(447700900123))).kind).toBe('invalid_request');
    expect(sent).toHaveLength(0);
  });
});

describe('find', () => {
  it("reads the appendix's contact", async () => {
    const { client, sent } = setUp([found]);
    expect((await client.contacts.find(phone))._unsafeUnwrap()).toEqual({
      id: phone,
      name: 'John Doe',
      email: 'john@example.com',
      whatsApp: 'yes',
      fields: { visa_country: 'uk', visa_type: 'tourist', visa_quantity: 1 },
      createdAt: '2025-08-20T10:00:00.000Z',
      updatedAt: '2025-08-20T10:00:00.000Z',
    });
    expect(sent[0]).toMatchObject({ method: 'GET', path: `/api/contacts/${phone}`, body: '' });
  });

  it('takes 404 as: there is none', async () => {
    const { client } = setUp([json({ message: 'Contact not found' }, 404)]);
    expect((await client.contacts.find(phone))._unsafeUnwrap()).toBeNull();
  });

  it.each(['', null])('takes a contact whose phone is %j as: there is none', async (empty) => {
    const { client } = setUp([answerWith({ phone: empty })]);
    expect((await client.contacts.find(phone))._unsafeUnwrap()).toBeNull();
  });

  it('tolerates unknown members, missing ones and a wrong label', async () => {
    const minimal = {
      id: Number(phone),
      phone: Number(phone),
      hasWhatsApp: 'perhaps',
      name: 7,
      customFields: { a: { b: 1 }, c: null },
      x: 1,
    };
    const { client } = setUp([
      text(`\ufeff ${JSON.stringify(minimal)}`, 200, { 'content-type': 'text/html' }),
    ]);
    expect((await client.contacts.find(phone))._unsafeUnwrap()).toEqual({
      id: phone,
      name: null,
      email: null,
      whatsApp: 'unknown',
      fields: { a: null, c: null },
      createdAt: null,
      updatedAt: null,
    });
  });

  it('tolerates a contact that has nothing but its id', async () => {
    const { client } = setUp([json({ id: phone })]);
    expect((await client.contacts.find(phone))._unsafeUnwrap()).toMatchObject({ id: phone, fields: {} });
  });

  it.each([
    ['nothing', text('')],
    ['a page', text('<html>maintenance</html>')],
    ['a truncated body', text('{"id":"447700900123","pho')],
    ['no contact', json({ success: true })],
    ['a list', json([appendixContact])],
    ['an endless body', text('x'.repeat(1_048_577))],
  ])('refuses %s under a 200', async (_, step) => {
    const { client } = setUp([step]);
    expect(failureOf(await client.contacts.find(phone))).toEqual({
      kind: 'unexpected_body',
      retryable: true,
      effect: 'none',
    });
  });

  it.each([{ id: '447700900999' }, { phone: '447700900999' }])(
    'refuses another contact: %j',
    async (other) => {
      const { client } = setUp([answerWith(other)]);
      expect(failureOf(await client.contacts.find(phone))).toMatchObject({
        kind: 'unexpected_body',
        retryable: false,
      });
    },
  );

  it('refuses a redirect that an injected fetch let through', async () => {
    const { client } = setUp([() => new Response(null, { status: 304 })]);
    expect(failureOf(await client.contacts.find(phone)).kind).toBe('unexpected_body');
  });
});

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

describe('checkWhatsApp', () => {
  it.each([
    [{ hasWhatsApp: true }, 'yes'],
    [{ hasWhatsApp: false }, 'no'],
    [{ hasWhatsApp: null }, 'unknown'],
    [{ hasWhatsApp: 'no' }, 'unknown'],
    [{}, 'unknown'],
  ])('reads %j as %s', async (body, expected) => {
    const { client, sent } = setUp([json(body)]);
    expect((await client.contacts.checkWhatsApp(phone))._unsafeUnwrap()).toBe(expected);
    expect(sent[0]?.path).toBe(`/api/contacts/${phone}/validate-whatsapp`);
  });

  it.each([
    [404, 'not_found'],
    [500, 'unavailable'],
    [200, 'unexpected_body'],
  ])('never makes a no of a failure: %i is %s', async (status, kind) => {
    const { client, clock } = setUp([text('oops', status)]);
    expect(failureOf(await clock.settle(client.contacts.checkWhatsApp(phone))).kind).toBe(kind);
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
