import { describe, expect, it } from 'vitest';
import { json, text } from '../../test/scripted-fetch.ts';
import { phone, setUpScript, setUpService } from '../../test/set-up-v11.ts';

const found = { id: phone, phone, full_name: 'Jane Doe', email: 'jane@example.com', channel: 5 };

describe('find', () => {
  const find = (...steps: Parameters<typeof setUpScript>[0]) =>
    setUpScript(steps, { retry: { attempts: 1 } }).client.contacts.find(phone);

  it('reads a contact with its values in the encoding in which they are written', async () => {
    const custom_fields = [
      { id: '1', name: 'visa_country', type: 0, value: 'india' },
      { id: '2', name: 'visa_quantity', type: 1, value: '2' },
      { id: '3', name: 'entry_date', type: 2, value: '1772236800' },
      { id: '4', name: 'order_urgent', type: 4, value: '0' },
      { id: '5', name: 'notes', value: '' },
    ];
    expect((await find(json({ ...found, custom_fields })))._unsafeUnwrap()).toEqual({
      id: phone,
      name: 'Jane Doe',
      email: 'jane@example.com',
      whatsApp: 'yes',
      fields: {
        visa_country: 'india',
        visa_quantity: 2,
        entry_date: '2026-02-28',
        order_urgent: false,
        notes: null,
      },
      createdAt: null,
      updatedAt: null,
    });
  });

  it.each([
    [{ first_name: 'Jane', last_name: 'Doe' }, 'Jane Doe'],
    [{ first_name: 'Jane', last_name: '' }, 'Jane'],
    [{ full_name: '', first_name: null }, null],
  ])('puts the name %j together', async (names, name) => {
    const contact = (await find(json({ id: phone, phone, ...names })))._unsafeUnwrap();
    expect(contact?.name).toBe(name);
    expect(contact?.email).toBeNull();
  });

  it.each([
    [0, 'unknown'],
    [2, 'unknown'],
    [5, 'yes'],
    [9, 'unknown'],
    [null, 'unknown'],
  ])('channel %s says %s of WhatsApp', async (channel, answer) => {
    expect((await find(json({ ...found, channel })))._unsafeUnwrap()?.whatsApp).toBe(answer);
  });

  it.each([
    ['an empty phone', json({ ...found, phone: '' })],
    ['no phone', json({ id: phone })],
    ['another phone', json({ ...found, phone: '447700900124' })],
    ['status 404', json({ success: false, message: 'Not found' }, 404)],
    ['status 400', json({ message: 'Invalid' }, 400)],
    ['a refusal that says so', json({ success: false, message: 'Contact does not exist' })],
  ])('reads %s as nobody', async (_, step) => {
    expect((await find(step))._unsafeUnwrap()).toBeNull();
  });

  it('reads a phone with a plus as the same', async () => {
    expect((await find(json({ ...found, phone: `+${phone}` })))._unsafeUnwrap()?.id).toBe(phone);
  });

  it.each([
    ['unavailable', text('', 503)],
    ['unauthorized', json({ error: { code: 401 } })],
    ['invalid_request', json({ success: false, message: 'Invalid' })],
    ['unexpected_body', text('<html>')],
  ])('does not read %s as nobody', async (kind, step) => {
    expect((await find(step))._unsafeUnwrapErr().kind).toBe(kind);
  });

  it('knows the types of values that come without one from the account', async () => {
    const { client, service } = setUpService();
    (await client.contacts.create({ phone, fields: { visa_quantity: 3 } }))._unsafeUnwrap();
    const untyped = [
      { id: '100002', name: 'visa_quantity', value: '3' },
      { id: '9', name: 'strange', value: '3' },
    ];
    service.intercept = async () => Response.json({ ...found, custom_fields: untyped });
    const contact = (await client.contacts.find(phone))._unsafeUnwrap();
    expect(contact?.fields).toEqual({ visa_quantity: 3, strange: '3' });
  });
});

describe('checkWhatsApp', () => {
  it('is yes for a contact of the WhatsApp channel, else unknown', async () => {
    const yes = setUpScript([json(found)]).client.contacts.checkWhatsApp(phone);
    expect((await yes)._unsafeUnwrap()).toBe('yes');
    const unknown = setUpScript([json({ ...found, channel: 2 })]).client.contacts.checkWhatsApp(phone);
    expect((await unknown)._unsafeUnwrap()).toBe('unknown');
  });

  it('fails where there is no contact, or no answer', async () => {
    const nobody = setUpScript([
      json({ success: false, message: 'Not found' }, 404),
    ]).client.contacts.checkWhatsApp(phone);
    expect((await nobody)._unsafeUnwrapErr().kind).toBe('not_found');
    const silent = setUpScript([json({ error: { code: 401 } })]).client.contacts.checkWhatsApp(phone);
    expect((await silent)._unsafeUnwrapErr().kind).toBe('unauthorized');
  });
});

describe('capabilities', () => {
  it.each([
    ['fields', false, false],
    ['actions', false, true],
    ['upsert', true, true],
  ] as const)('of strategy %s', (updateStrategy, conflictOnCreate, updatesInOneRequest) => {
    const { capabilities } = setUpScript([], { updateStrategy }).client.contacts;
    expect(capabilities).toEqual({ conflictOnCreate, checksWhatsApp: false, updatesInOneRequest });
  });
});

describe('input that cannot be sent', () => {
  it.each([
    ['a phone with a plus', 'find', [`+${phone}`]],
    ['a path for a phone', 'checkWhatsApp', ['../accounts/me']],
    ['an empty phone', 'erase', ['', ['notes']]],
    ['a number that is none', 'create', [{ phone, fields: { visa_quantity: Number.NaN } }]],
    ['nothing to write', 'update', [phone, { set: {}, clear: [] }]],
    ['a field set and cleared', 'update', [phone, { set: { notes: 'x' }, clear: ['notes'] }]],
  ] as const)('%s is refused before anything is', async (_, method, input) => {
    const { client, sent } = setUpScript([]);
    const result = await Reflect.apply(client.contacts[method], client.contacts, [...input]);
    expect(result.error).toMatchObject({ kind: 'invalid_request', effect: 'none' });
    expect(sent).toHaveLength(0);
  });

  it.each(['create', 'update'] as const)(
    'values that do not fit are named in %s, and nothing is written',
    async (method) => {
      const { client, service } = setUpService();
      const fields = { visa_quantity: '2', entry_date: '1.2.2026', notes: 'fine', odd: 'x' };
      const result =
        method === 'create'
          ? client.contacts.create({ phone, fields })
          : client.contacts.update(phone, { set: fields, clear: [] });
      const error = (await result)._unsafeUnwrapErr();
      expect(error).toMatchObject({ kind: 'invalid_request', effect: 'none', retryable: false });
      expect(error.message).toContain('visa_quantity (number), entry_date (date), odd (unknown type)');
      expect(error.message).not.toMatch(/fine|1\.2\.2026/);
      expect(service.lines()).toEqual(['GET /accounts/custom_fields']);
    },
  );
});

describe('limits of one call', () => {
  it('hold for all its requests together', async () => {
    const { client, clock, service } = setUpService();
    (await client.contacts.create({ phone, fields: {} }))._unsafeUnwrap();
    service.intercept = async (_, request, answer) => {
      clock.advance(400);
      return answer(request);
    };
    const set = { visa_country: 'india', notes: 'x', language: 'he' };
    const written = client.contacts.update(phone, { set, clear: [] }, { deadlineMs: 1_000 });
    expect((await clock.settle(written))._unsafeUnwrapErr()).toMatchObject({
      kind: 'partial_write',
      stoppedBy: 'timeout',
      missingFields: ['notes', 'language'],
    });
  });

  it('are those of the client where the call names none', async () => {
    const { client, clock } = setUpScript(['hang'], {
      deadlineMs: 700,
      timeoutMs: 600,
      retry: { attempts: 5 },
    });
    const result = await clock.settle(client.contacts.find(phone));
    expect(result._unsafeUnwrapErr().kind).toBe('timeout');
    expect(clock.now()).toBeLessThanOrEqual(700);
  });

  it('end the call with its signal', async () => {
    const { client, clock } = setUpScript(['hang']);
    const controller = new AbortController();
    clock.schedule(5, () => controller.abort());
    const result = await clock.settle(client.contacts.find(phone, { signal: controller.signal }));
    expect(result._unsafeUnwrapErr().kind).toBe('aborted');
  });
});

describe('erase', () => {
  it('empties the named fields that are filled and says what a person must remove', async () => {
    const { client, service } = setUpService();
    const fields = { visa_country: 'india', visa_quantity: 2, notes: 'x' };
    const contact = { phone, name: 'Jane Doe', email: 'jane@example.com', fields };
    (await client.contacts.create(contact))._unsafeUnwrap();
    service.exchanges.length = 0;
    const erased = await client.contacts.erase(phone, ['visa_country', 'visa_quantity', 'entry_date']);
    expect(erased._unsafeUnwrap()).toEqual({
      kind: 'cleared',
      remaining: ['phone', 'name', 'email', 'other custom fields'],
    });
    expect(service.lines()).toEqual([
      `GET /contacts/${phone}`,
      `DELETE /contacts/${phone}/custom_fields/100001`,
      `DELETE /contacts/${phone}/custom_fields/100002`,
    ]);
    expect([...(service.contacts.get(phone)?.values.keys() ?? [])]).toEqual(['100006']);
  });

  it('names pictures, tags and messages too', async () => {
    const rest = {
      profile_pic: 'https://x.example.com/1.jpg',
      tags: [{ id: '1', name: 'vip' }],
      last_sent: 1,
    };
    const { client } = setUpScript([json({ id: phone, phone, ...rest })]);
    expect((await client.contacts.erase(phone, []))._unsafeUnwrap().remaining).toEqual([
      'phone',
      'profile picture',
      'tags',
      'messages',
    ]);
  });

  it('finds nobody', async () => {
    const erased = await setUpService().client.contacts.erase(phone, ['notes']);
    expect(erased._unsafeUnwrap()).toEqual({ kind: 'absent', remaining: [] });
  });

  it('names the fields that are still filled', async () => {
    const custom_fields = [
      { id: '1', name: 'a', type: 0, value: 'x' },
      { id: '2', name: 'b', type: 0, value: 'x' },
    ];
    const steps = [json({ ...found, custom_fields }), json({ success: true }), json({ success: false })];
    const erased = await setUpScript(steps).client.contacts.erase(phone, ['a', 'b']);
    expect(erased._unsafeUnwrapErr()).toMatchObject({ kind: 'partial_write', missingFields: ['b'] });
    const failed = await setUpScript([json({ error: { code: 401 } })]).client.contacts.erase(phone, []);
    expect(failed._unsafeUnwrapErr().kind).toBe('unauthorized');
  });
});
