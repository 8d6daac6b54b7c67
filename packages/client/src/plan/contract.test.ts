import { createSimulator, type Fault, failOnViolations } from '@visanet/cbb-testkit';
import { simulatorHandlers } from '@visanet/cbb-testkit/msw';
import { HttpResponse, http } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { appendixContact, phone } from '../../test/set-up.ts';
import { type CbbErrorKind, createCbbClient, type Effect } from '../index.ts';

const simulator = createSimulator({ hasWhatsApp: (number) => number !== '447700900124' });
const server = setupServer(...simulatorHandlers(simulator));

// Made before the server listens, as a host makes it before its tests begin.
const client = createCbbClient({
  contract: 'plan',
  apiKey: simulator.apiKey,
  timeoutMs: 1_000,
  retry: { baseDelayMs: 1 },
  circuitBreaker: false,
});
const { contacts, raw } = client;
/** One request per call, and no memory of other tests. */
const createOnce = () =>
  createCbbClient({
    contract: 'plan',
    apiKey: simulator.apiKey,
    timeoutMs: 1_000,
    retry: { attempts: 1 },
  }).contacts;

beforeAll(() => server.listen({ onUnhandledFrame: 'error' }));
beforeEach(() => simulator.reset());
failOnViolations({ afterEach }, simulator);
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

const newContact = {
  phone,
  name: 'John Doe',
  email: 'john@example.com',
  fields: { visa_country: 'uk', visa_quantity: 1 },
};

describe('against the contract', () => {
  it('creates, finds, updates, checks and erases', async () => {
    const created = (await contacts.create(newContact))._unsafeUnwrap();
    expect(created).toMatchObject({
      id: phone,
      name: 'John Doe',
      whatsApp: 'yes',
      fields: newContact.fields,
    });
    expect(created.createdAt).toMatch(/^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/);
    const update = { set: { visa_quantity: 2, urgent: true }, clear: ['visa_country'] };
    expect((await contacts.update(phone, update))._unsafeUnwrap()).toMatchObject({
      name: 'John Doe',
      whatsApp: 'yes',
      fields: { visa_quantity: 2, urgent: true },
      createdAt: created.createdAt,
    });
    expect((await contacts.find(phone))._unsafeUnwrap()).toMatchObject({
      id: phone,
      name: 'John Doe',
      email: 'john@example.com',
      whatsApp: 'yes',
      fields: { visa_quantity: 2, urgent: true },
    });
    expect((await contacts.checkWhatsApp(phone))._unsafeUnwrap()).toBe('yes');
    expect((await contacts.erase(phone, ['visa_quantity', 'urgent']))._unsafeUnwrap().kind).toBe('cleared');
    expect(simulator.contacts.get(phone)?.fields).toEqual({});
    expect(simulator.journal).toHaveLength(5);
  });

  it('tells a phone without WhatsApp, a contact that exists and one that does not', async () => {
    const other = '447700900124';
    expect((await contacts.create({ phone: other, fields: {} }))._unsafeUnwrap().whatsApp).toBe('no');
    expect((await contacts.checkWhatsApp(other))._unsafeUnwrap()).toBe('no');
    expect((await contacts.create({ phone: other, fields: {} }))._unsafeUnwrapErr().kind).toBe('conflict');
    expect((await contacts.find(phone))._unsafeUnwrap()).toBeNull();
    expect((await contacts.update(phone, { set: { a: 1 }, clear: [] }))._unsafeUnwrapErr().kind).toBe(
      'not_found',
    );
    expect((await contacts.erase(phone, ['a']))._unsafeUnwrap().kind).toBe('absent');
  });

  it('tells a key that is not accepted', async () => {
    const stranger = createCbbClient({ contract: 'plan', apiKey: 'another-key' });
    expect((await stranger.contacts.find(phone))._unsafeUnwrapErr()).toMatchObject({
      kind: 'unauthorized',
      status: 401,
      retryable: false,
    });
  });

  it('reaches each operation through the raw client', async () => {
    const params = { path: { id: phone } };
    const body = { id: phone, phone, customFields: {} };
    expect((await raw.POST('/contacts', { body })).data?.id).toBe(phone);
    expect(
      (await raw.PATCH('/contacts/{id}', { params, body: { customFields: { a: 'b' } } })).data?.customFields,
    ).toEqual({ a: 'b' });
    expect((await raw.GET('/contacts/{id}', { params })).data?.phone).toBe(phone);
    expect((await raw.GET('/contacts/{id}/validate-whatsapp', { params })).data).toEqual({
      hasWhatsApp: true,
    });
    expect((await raw.POST('/contacts', { body })).response.status).toBe(409);
  });
});

describe('faults', () => {
  const cases: readonly (readonly [Fault, CbbErrorKind, Effect])[] = [
    [{ kind: 'server_error', moment: 'before_effect' }, 'unavailable', 'unknown'],
    [{ kind: 'server_error', status: 503, moment: 'after_effect' }, 'unavailable', 'unknown'],
    [{ kind: 'connection_reset', moment: 'after_effect' }, 'network', 'unknown'],
    [{ kind: 'hang', moment: 'after_effect' }, 'timeout', 'unknown'],
    [{ kind: 'rate_limited', retryAfterMs: 20_000 }, 'rate_limited', 'none'],
    [{ kind: 'truncated_body' }, 'unexpected_body', 'unknown'],
    [{ kind: 'not_json' }, 'unexpected_body', 'unknown'],
    [{ kind: 'broken_body' }, 'network', 'unknown'],
    [{ kind: 'key_rejected' }, 'unauthorized', 'none'],
    [{ kind: 'duplicate_create' }, 'conflict', 'none'],
  ];

  it.each(cases)('%o on a create is %s with effect %s, after one request', async (fault, kind, effect) => {
    simulator.failNext(fault);
    const { contacts } = createCbbClient({ contract: 'plan', apiKey: simulator.apiKey, timeoutMs: 1_000 });
    const result = await contacts.create(newContact);
    expect(result._unsafeUnwrapErr()).toMatchObject({ kind, effect });
    expect(simulator.journal).toHaveLength(1);
  });

  it.each<Fault>([
    { kind: 'server_error', status: 502 },
    { kind: 'connection_reset' },
    { kind: 'rate_limited' },
    { kind: 'rate_limited', retryAfterMs: 0, form: 'date' },
    { kind: 'broken_body' },
  ])('%o on an update is survived by a second request', async (fault) => {
    simulator.putContact({ id: phone });
    simulator.failNext(fault);
    expect((await contacts.update(phone, { set: { a: 'b' }, clear: [] })).isOk()).toBe(true);
    expect(simulator.counts).toMatchObject({ updateContact: 2 });
  });

  it.each<Fault>([{ kind: 'wrong_content_type' }, { kind: 'slow_body', durationMs: 20 }])(
    '%o is no failure',
    async (fault) => {
      simulator.putContact({ id: phone });
      simulator.failNext(fault);
      expect((await createOnce().find(phone))._unsafeUnwrap()?.id).toBe(phone);
    },
  );

  it('sends nothing more when the service has told its limit', async () => {
    simulator.putContact({ id: phone });
    const once = createOnce();
    simulator.configure({ rateLimitPerMinute: 2 });
    const results = [
      await once.find(phone),
      await once.find(phone),
      await once.find(phone),
      await once.find(phone),
    ];
    expect(results.map((result) => (result.isOk() ? 'ok' : result.error.kind))).toEqual([
      'ok',
      'ok',
      'rate_limited',
      'rate_limited',
    ]);
    expect(simulator.journal).toHaveLength(3);
  });
});

describe('answers of other servers', () => {
  const url = 'https://app.chatgptbuilder.io/api/contacts/:id';

  it('may leave everything out that is not required', async () => {
    server.use(http.get(url, ({ params }) => HttpResponse.json({ id: params.id, phone: params.id })));
    expect((await createOnce().find(phone))._unsafeUnwrap()).toEqual({
      id: phone,
      name: null,
      email: null,
      whatsApp: 'unknown',
      fields: {},
      createdAt: null,
      updatedAt: null,
    });
  });

  it("may be the appendix's own", async () => {
    server.use(http.get(url, () => HttpResponse.json(appendixContact)));
    expect((await createOnce().find(phone))._unsafeUnwrap()?.fields).toEqual(appendixContact.customFields);
  });

  it('may be a redirect, which is not followed with the key', async () => {
    server.use(http.get(url, () => HttpResponse.redirect('https://elsewhere.example/')));
    const error = (await createOnce().find(phone))._unsafeUnwrapErr();
    expect(error).toMatchObject({ kind: 'unexpected_body', code: 'redirect', status: 302 });
  });

  it('may be none', async () => {
    server.use(http.get(url, () => HttpResponse.error()));
    expect((await createOnce().find(phone))._unsafeUnwrapErr()).toMatchObject({
      kind: 'network',
      effect: 'none',
    });
  });
});
