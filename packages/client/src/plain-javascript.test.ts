import { describe, expect, it } from 'vitest';
import { json } from '../test/scripted-fetch.ts';
import { setUp } from '../test/set-up.ts';
import { phone, setUpScript, setUpService } from '../test/set-up-v11.ts';
import type { CbbError } from './index.ts';

/** A call as somebody without types makes it: nothing may be thrown, at once or later. */
async function call(target: object, name: string, ...given: readonly unknown[]) {
  const method: unknown = Reflect.get(target, name);
  if (typeof method !== 'function') throw new Error(`no method ${name}`);
  const result = await Reflect.apply(method, target, given);
  return result.match(
    (value: unknown) => ({ value, kind: 'ok' }),
    (error: CbbError) => ({ value: error, kind: error.kind }),
  );
}

const circle: { self?: unknown } = {};
circle.self = circle;
const oddities = [undefined, null, 0, '', 'text', [], {}, 1n, Symbol('x'), circle, () => 1];

const clients = {
  plan: () => setUp([json({ id: phone, phone, customFields: {} })]),
  'v1.1': () => ({ ...setUpService(), sent: [] }),
};

describe.each(['plan', 'v1.1'] as const)('without types, on %s', (contract) => {
  it('takes a missing set, clear or fields for an empty one', async () => {
    const { client } = clients[contract]();
    const { contacts } = client;
    expect((await call(contacts, 'create', { phone, name: null, email: undefined })).kind).toBe('ok');
    const clear = [contract === 'plan' ? 'a' : 'notes'];
    expect((await call(contacts, 'update', phone, { clear })).kind).toBe('ok');
    expect((await call(contacts, 'update', phone, { set: null, clear })).kind).toBe('ok');
    expect((await call(contacts, 'update', phone, { set: {} })).value).toMatchObject({
      kind: 'invalid_request',
      message: expect.stringContaining('nothing to write'),
    });
    expect((await call(contacts, 'erase', phone)).kind).toBe('ok');
  });

  it('answers every unusable argument with an error, and sends nothing of it', async () => {
    const { client, clock } = clients[contract]();
    for (const odd of oddities) {
      for (const [name, ...given] of [
        ['find', odd],
        ['create', odd],
        ['create', { phone, fields: odd === undefined || odd === null ? 5 : { a: odd }, name: 5 }],
        ['update', phone, odd],
        ['update', phone, { clear: odd === undefined || odd === null ? 5 : odd, set: 5 }],
        ['update', phone, { clear: [typeof odd === 'string' ? 5 : odd] }],
        ['checkWhatsApp', odd],
        ['erase', odd, []],
        ['erase', phone, [typeof odd === 'string' ? 5 : odd]],
        ['find', phone, odd === undefined || odd === null ? 5 : odd],
      ] as const) {
        const isFine = name === 'find' && given[0] === phone;
        const { kind } = await clock.settle(call(client.contacts, name, ...given));
        if (!isFine) expect([name, kind]).toEqual([name, 'invalid_request']);
      }
    }
  });
});

describe('operations of v1.1, without types', () => {
  it('answer every unusable argument with a value', async () => {
    const { client, clock } = setUpScript([json({ success: false })]);
    // An empty object has nothing wrong but what the document requires, which the service checks.
    for (const odd of oddities.filter((one) => JSON.stringify(String(one)) !== '"[object Object]"')) {
      for (const name of Object.keys(client.api)) {
        expect(await clock.settle(call(client.api, name, odd, odd, odd))).toHaveProperty('kind');
      }
      expect((await call(client.customFields, 'create', odd)).kind).toBe('invalid_request');
      expect(await clock.settle(call(client, 'scope', odd))).toHaveProperty('kind');
    }
  });

  it.each([
    ['sendFlow', phone, 'text'],
    ['sendFlow', phone, 'file'],
    ['getContact', 'find_by_custom_field'],
  ])('%s cannot reach another operation', async (name, ...given) => {
    const { client, sent } = setUpScript([json({ success: true })]);
    expect(await call(client.api, name, ...given)).toMatchObject({ kind: 'invalid_request' });
    expect(sent).toHaveLength(0);
  });

  it('cannot be reached by another one raw either', async () => {
    const { client, sent } = setUpScript([json({ success: true })]);
    const params = { path: { contact_id: phone, flow_id: 'text' } };
    const raw = client.raw.POST('/contacts/{contact_id}/send/{flow_id}', { params, body: {} });
    await expect(raw).rejects.toMatchObject({ error: { kind: 'invalid_request' } });
    const text = await client.raw.POST('/contacts/{contact_id}/send/text', {
      params: { path: { contact_id: phone } },
      body: { text: 'hi' },
    });
    expect(text.data).toEqual({ success: true });
    expect(sent).toHaveLength(1);
  });
});
