import { describe, expect, it } from 'vitest';
import { json, text } from '../../test/scripted-fetch.ts';
import { phone, setUpScript, setUpService } from '../../test/set-up-v11.ts';
import type { UpdateStrategy } from './update-steps.ts';

const changes = {
  set: { visa_country: 'india', visa_quantity: 2, order_urgent: false },
  clear: ['notes', 'entry_date'],
};
const field = (id: number) => `/contacts/${phone}/custom_fields/${100_000 + id}`;
const clears = [`DELETE ${field(6)}`, `DELETE ${field(3)}`];
const actions = [
  { action: 'set_field_value', field_name: 'visa_country', value: 'india' },
  { action: 'set_field_value', field_name: 'visa_quantity', value: '2' },
  { action: 'set_field_value', field_name: 'order_urgent', value: '0' },
];

const withContact = async (updateStrategy: UpdateStrategy) => {
  const given = setUpService({ updateStrategy });
  const fields = { notes: 'old', entry_date: '2020-01-01', visa_country: 'peru' };
  (await given.client.contacts.create({ phone, fields }))._unsafeUnwrap();
  given.service.exchanges.length = 0;
  return given;
};

describe('update', () => {
  it('by fields sends one form for each and one deletion for each that is cleared', async () => {
    const { client, service } = await withContact('fields');
    expect((await client.contacts.update(phone, changes))._unsafeUnwrap()).toEqual({
      id: phone,
      whatsApp: 'unknown',
    });
    expect(service.lines()).toEqual([`POST ${field(1)}`, `POST ${field(2)}`, `POST ${field(5)}`, ...clears]);
    expect(service.exchanges.slice(0, 3).map(({ body }) => body)).toEqual([
      'value=india',
      'value=2',
      'value=0',
    ]);
  });

  it('by upsert sends all that is set at once and learns the channel', async () => {
    const { client, service } = await withContact('upsert');
    expect((await client.contacts.update(phone, { ...changes, clear: [] }))._unsafeUnwrap()).toMatchObject({
      id: phone,
      whatsApp: 'yes',
      fields: { ...changes.set, notes: 'old' },
    });
    expect(service.lines()).toEqual(['POST /contacts']);
    expect(JSON.parse(service.exchanges[0]?.body ?? '')).toEqual({ phone, actions });
  });

  it('by actions sends them without any message', async () => {
    const { client, service } = await withContact('actions');
    (await client.contacts.update(phone, changes))._unsafeUnwrap();
    expect(service.lines()).toEqual([`POST /contacts/${phone}/send_content`, ...clears]);
    expect(JSON.parse(service.exchanges[0]?.body ?? '')).toEqual({ messages: [], actions });
  });

  it.each(['fields', 'upsert', 'actions'] as const)('by %s reaches the state asked for', async (strategy) => {
    const { client } = await withContact(strategy);
    (await client.contacts.update(phone, changes))._unsafeUnwrap();
    expect((await client.contacts.find(phone))._unsafeUnwrap()?.fields).toEqual({
      visa_country: 'india',
      visa_quantity: 2,
      order_urgent: false,
    });
  });

  it.each(['fields', 'upsert', 'actions'] as const)('by %s clears without setting', async (strategy) => {
    const { client, service } = await withContact(strategy);
    (await client.contacts.update(phone, { set: {}, clear: changes.clear }))._unsafeUnwrap();
    expect(service.lines()).toEqual(clears);
  });

  it('by upsert fails where another contact was written', async () => {
    const { client, service } = await withContact('upsert');
    service.intercept = async () => Response.json({ success: true, data: { id: '447700900124' } });
    expect((await client.contacts.update(phone, changes))._unsafeUnwrapErr()).toMatchObject({
      kind: 'unexpected_body',
      retryable: false,
      effect: 'unknown',
    });
    expect(service.lines()).toHaveLength(1);
  });
});

const definitions = json([
  { id: '1', name: 'a', type: 0 },
  { id: '2', name: 'b', type: 0 },
  { id: '3', name: 'c', type: 0 },
]);
const done = json({ success: true });
const refused = json({ success: false, message: 'Invalid' });
const abc = { set: { a: 'x', b: 'x' }, clear: ['c'] };

describe('a write that is not acknowledged whole', () => {
  const update = (...steps: Parameters<typeof setUpScript>[0]) => {
    const given = setUpScript([definitions, ...steps], { maxWaitMs: 0, retry: { attempts: 1 } });
    return given.clock.settle(given.client.contacts.update(phone, abc)).then((result) => ({
      ...given,
      error: result._unsafeUnwrapErr(),
    }));
  };

  it('goes on after a field that the service refuses', async () => {
    const { error, sent } = await update(done, refused, done);
    expect(error).toMatchObject({
      kind: 'partial_write',
      missingFields: ['b'],
      stoppedBy: 'invalid_request',
      retryable: false,
      effect: 'none',
    });
    expect(error.message).toContain('1 of 3 fields were not acknowledged: invalid_request');
    expect(sent).toHaveLength(4);
  });

  it.each([
    ['unavailable', text('', 503), 'unknown'],
    ['network', new TypeError('fetch failed'), 'unknown'],
    ['unauthorized', json({ error: { code: 401 } }), 'none'],
    ['not_found', json({ success: false, message: 'Contact not found' }), 'none'],
    ['unexpected_body', json({}), 'unknown'],
  ] as const)('stops at %s and names what is missing', async (stoppedBy, step, effect) => {
    const { error, sent } = await update(done, step, done);
    expect(error).toMatchObject({
      kind: 'partial_write',
      missingFields: ['b', 'c'],
      stoppedBy,
      retryable: true,
      effect,
    });
    expect(sent).toHaveLength(3);
  });

  it('tells how long a rate limit lasts', async () => {
    const limited = json({
      success: false,
      error: 'Your account exceeded the limit of 100 requests per 60 seconds',
    });
    const { error } = await update(done, limited);
    expect(error).toMatchObject({
      kind: 'partial_write',
      stoppedBy: 'rate_limited',
      retryAfterMs: 50_000,
      missingFields: ['b', 'c'],
    });
  });

  it('is no partial write where nothing was acknowledged', async () => {
    expect((await update(refused, refused, refused)).error).toMatchObject({
      kind: 'invalid_request',
      effect: 'none',
    });
    expect((await update(json({ error: { code: 401 } }))).error.kind).toBe('unauthorized');
    expect((await update(refused, text('', 503))).error).toMatchObject({
      kind: 'unavailable',
      effect: 'unknown',
    });
  });

  it('keeps an unclear effect that a later refusal does not have', async () => {
    const { error } = await update(refused, done, json({}));
    expect(error).toMatchObject({ missingFields: ['a', 'c'], effect: 'unknown' });
  });

  it('is completed by the missing fields alone', async () => {
    const { client, clock, service } = setUpService({ retry: { attempts: 1 } });
    (await client.contacts.create({ phone, fields: {} }))._unsafeUnwrap();
    const { intercept } = service;
    service.intercept = (index, request, answer) =>
      request.url.endsWith('/100002')
        ? Promise.reject(new TypeError('fetch failed'))
        : intercept(index, request, answer);
    const first = await clock.settle(client.contacts.update(phone, changes));
    const error = first._unsafeUnwrapErr();
    if (error.kind !== 'partial_write') throw new Error('expected a partial write');
    expect(error.missingFields).toEqual(['visa_quantity', 'order_urgent', 'notes', 'entry_date']);

    service.intercept = intercept;
    const missing = new Set(error.missingFields);
    const set = Object.fromEntries(Object.entries(changes.set).filter(([name]) => missing.has(name)));
    const clear = changes.clear.filter((name) => missing.has(name));
    (await client.contacts.update(phone, { set, clear }))._unsafeUnwrap();
    expect((await client.contacts.find(phone))._unsafeUnwrap()?.fields).toEqual(changes.set);
  });
});

it('does not forget an unclear effect over a later refusal', async () => {
  const steps = [definitions, text('', 503), text('', 400), json({ error: { code: 401 } })];
  const { client, clock } = setUpScript(steps);
  const result = await clock.settle(client.contacts.update(phone, abc));
  expect(result._unsafeUnwrapErr()).toMatchObject({ kind: 'unauthorized', effect: 'unknown' });
});

describe('repetition inside of one call', () => {
  it('is for single fields alone', async () => {
    const byFields = setUpScript([definitions, text('', 503), done], { updateStrategy: 'fields' });
    (await byFields.clock.settle(byFields.client.contacts.update(phone, abc)))._unsafeUnwrap();
    expect(byFields.sent).toHaveLength(5);
  });

  it.each(['upsert', 'actions'] as const)('is never for %s', async (updateStrategy) => {
    const { client, clock, sent } = setUpScript([definitions, text('', 503)], { updateStrategy });
    const result = await clock.settle(client.contacts.update(phone, abc));
    expect(result._unsafeUnwrapErr()).toMatchObject({ kind: 'unavailable', effect: 'unknown' });
    expect(sent).toHaveLength(2);
  });
});
