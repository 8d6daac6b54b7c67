import { describe, expect, it } from 'vitest';
import { json, text } from '../../test/scripted-fetch.ts';
import { appendixContact, found, phone, setUp } from '../../test/set-up.ts';

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
