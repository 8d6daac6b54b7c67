import { createSimulator, type Fault, failOnViolations, type SimulatorOptions } from '@visanet/cbb-testkit';
import { simulatorHandlers } from '@visanet/cbb-testkit/msw';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createManualClock } from '../../test/manual-clock.ts';
import { phone } from '../../test/set-up-v11.ts';
import { type CbbErrorKind, createCbbClient, detectContract, type Effect } from '../index.ts';
import type { V11ClientOptions } from './create-v11-client.ts';

const simulator = createSimulator({
  contract: 'v1.1',
  rateLimitPerMinute: 6_000,
  hasWhatsApp: (number) => number !== '447700900124',
  customFields: [
    { name: 'visa_country', type: 'text' },
    { name: 'visa_quantity', type: 'number' },
    { name: 'entry_date', type: 'date' },
    { name: 'order_date_time', type: 'datetime' },
    { name: 'order_urgent', type: 'boolean' },
    { name: 'notes', type: 'long_text' },
    { name: 'language', type: 'select', options: ['en', 'he'] },
  ],
});
const server = setupServer(...simulatorHandlers(simulator));

beforeAll(() => server.listen({ onUnhandledFrame: 'error' }));
beforeEach(() => simulator.reset());
failOnViolations({ afterEach }, simulator);
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

const create = (options: Partial<V11ClientOptions> = {}) =>
  createCbbClient({
    contract: 'v1.1',
    apiKey: simulator.apiKey,
    timeoutMs: 1_000,
    retry: { baseDelayMs: 1 },
    rateLimit: false,
    circuitBreaker: false,
    ...options,
  });

const fields = {
  visa_country: 'india & co = 50 %',
  visa_quantity: 2.5,
  entry_date: '2026-02-28',
  order_date_time: '2025-08-20T10:00:00.000Z',
  order_urgent: true,
  notes: 'שלום\n🛂',
  language: 'he',
};
const newContact = { phone, name: 'Jane van Doe', email: 'jane@example.com', fields };
const changes = { set: { visa_quantity: 3, order_urgent: false }, clear: ['notes', 'entry_date'] };
const strategies = ['fields', 'upsert', 'actions'] as const;

describe.each(strategies)('against the contract, by %s', (updateStrategy) => {
  it('creates, finds, updates, checks and erases', async () => {
    const { contacts } = create({ updateStrategy, accountId: '1000001' });
    expect(await contacts.find(phone)).toMatchObject({ value: null });
    const created = (await contacts.create(newContact))._unsafeUnwrap();
    expect(created).toEqual({
      id: phone,
      name: 'Jane van Doe',
      email: 'jane@example.com',
      whatsApp: 'yes',
      fields,
      createdAt: expect.stringMatching(/^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/),
      updatedAt: null,
    });
    expect((await contacts.find(phone))._unsafeUnwrap()).toEqual(created);
    (await contacts.update(phone, changes))._unsafeUnwrap();
    const { notes: _, entry_date: __, ...kept } = fields;
    expect((await contacts.find(phone))._unsafeUnwrap()?.fields).toEqual({ ...kept, ...changes.set });
    expect((await contacts.checkWhatsApp(phone))._unsafeUnwrap()).toBe('yes');
    expect((await contacts.erase(phone, Object.keys(fields)))._unsafeUnwrap()).toEqual({
      kind: 'cleared',
      remaining: ['phone', 'name', 'email'],
    });
    expect(simulator.contacts.get(phone)?.fields).toEqual({});
  });
});

describe('against the contract', () => {
  it('knows nothing of a phone without WhatsApp, and finds nobody', async () => {
    const { contacts } = create();
    const other = '447700900124';
    expect((await contacts.create({ phone: other, fields: {} }))._unsafeUnwrap().whatsApp).toBe('unknown');
    expect((await contacts.checkWhatsApp(other))._unsafeUnwrap()).toBe('unknown');
    const update = await contacts.update(phone, { set: { notes: 'x' }, clear: [] });
    expect(update._unsafeUnwrapErr()).toMatchObject({ kind: 'not_found', effect: 'none' });
    expect((await contacts.erase(phone, ['notes']))._unsafeUnwrap().kind).toBe('absent');
  });

  it('never sends anything to a customer but by the operations for it', async () => {
    const { contacts } = create({ updateStrategy: 'fields' });
    (await contacts.create(newContact))._unsafeUnwrap();
    (await contacts.update(phone, changes))._unsafeUnwrap();
    expect(simulator.messages).toEqual([]);
  });

  it('creates the fields that the account lacks', async () => {
    const { contacts, customFields } = create({ createMissingFields: { wa_alerts: 'boolean' } });
    (await contacts.create({ phone, fields: { wa_alerts: true } }))._unsafeUnwrap();
    const all = (await customFields.list())._unsafeUnwrap();
    expect(all.find(({ name }) => name === 'wa_alerts')?.type).toBe('boolean');
  });

  it('tells a key that is not accepted, whatever the status', async () => {
    const stranger = create({ apiKey: '1000001.another' });
    const error = (await stranger.contacts.find(phone))._unsafeUnwrapErr();
    expect(error).toMatchObject({ kind: 'unauthorized', retryable: false, effect: 'none' });
  });

  it('reaches tags, flows and messages', async () => {
    const { api } = create();
    (await api.createContact({ phone, first_name: 'Jane', gender: 'female' }))._unsafeUnwrap();
    const tag = (await api.createTag('customer'))._unsafeUnwrap();
    expect((await api.listTags())._unsafeUnwrap()).toEqual([{ id: tag.id, name: 'customer' }]);
    (await api.addContactTag(phone, tag.id))._unsafeUnwrap();
    expect((await api.getContact(phone))._unsafeUnwrap().tags).toEqual([{ id: tag.id, name: 'customer' }]);
    (await api.removeContactTag(phone, tag.id))._unsafeUnwrap();
    const [flow] = (await api.listFlows())._unsafeUnwrap();
    (await api.sendFlow(phone, flow?.id ?? '300001'))._unsafeUnwrap();
    (await api.sendText(phone, { text: 'Hello' }))._unsafeUnwrap();
    (await api.sendFile(phone, { url: 'https://files.example.com/a.pdf', type: 'file' }))._unsafeUnwrap();
    (await api.sendContent(phone, { messages: [{ text: 'Hello' }], actions: [] }))._unsafeUnwrap();
    expect(simulator.messages.map(({ kind }) => kind)).toEqual(['flow', 'text', 'file', 'content']);
    const found = (await api.findContactsByCustomField('phone', phone))._unsafeUnwrap();
    expect(found.map(({ id }) => id)).toEqual([phone]);
    expect((await api.getCustomFieldByName('notes'))._unsafeUnwrap().type).toBe(5);
    expect((await api.listContactCustomFields(phone))._unsafeUnwrap()).toEqual([]);
  });

  it('is detected, and the plan is told from it', async () => {
    const detect = (other: ReturnType<typeof createSimulator>, apiKey = other.apiKey) =>
      detectContract({ apiKey, fetch: (request) => other.fetch(request) });
    expect((await detectContract({ apiKey: simulator.apiKey }))._unsafeUnwrap()).toMatchObject({
      contract: 'v1.1',
    });
    expect((await detect(createSimulator({ contract: 'plan' })))._unsafeUnwrap()).toMatchObject({
      contract: 'plan',
    });
    expect((await detect(simulator, '1.wrong'))._unsafeUnwrapErr().kind).toBe('unauthorized');
  });
});

describe('faults', () => {
  const cases: readonly (readonly [Fault, CbbErrorKind, Effect])[] = [
    [{ kind: 'server_error', moment: 'before_effect' }, 'unavailable', 'unknown'],
    [{ kind: 'server_error', status: 503, moment: 'after_effect' }, 'unavailable', 'unknown'],
    [{ kind: 'connection_reset', moment: 'after_effect' }, 'network', 'unknown'],
    [{ kind: 'hang', moment: 'after_effect' }, 'timeout', 'unknown'],
    [{ kind: 'rate_limited' }, 'rate_limited', 'none'],
    [{ kind: 'truncated_body' }, 'unexpected_body', 'unknown'],
    [{ kind: 'not_json' }, 'unexpected_body', 'unknown'],
    [{ kind: 'broken_body' }, 'network', 'unknown'],
    [{ kind: 'key_rejected' }, 'unauthorized', 'none'],
  ];

  it.each(cases)('%o on a create is %s with effect %s, after one request', async (fault, kind, effect) => {
    simulator.failNext(fault, { operationId: 'createContact' });
    const error = (await create().contacts.create(newContact))._unsafeUnwrapErr();
    expect(error).toMatchObject({ kind, effect });
    expect(simulator.counts.createContact).toBe(1);
    expect(simulator.counts.getContact ?? 0).toBe(0);
  });

  it.each<Fault>([
    { kind: 'server_error', status: 502 },
    { kind: 'connection_reset' },
    { kind: 'connection_reset', moment: 'after_effect' },
    { kind: 'hang' },
    { kind: 'wrong_content_type' },
  ])('%o on a field does no harm', async (fault) => {
    const { contacts } = create();
    (await contacts.create(newContact))._unsafeUnwrap();
    simulator.failNext(fault, { operationId: 'setContactCustomField' });
    (await contacts.update(phone, changes))._unsafeUnwrap();
    expect(simulator.contacts.get(phone)?.fields).toMatchObject({ visa_quantity: '3', order_urgent: '0' });
  });

  it.each([
    ['ignored', 'partial_write'],
    ['refused', 'invalid_request'],
  ] as const)(
    'an account where an existing phone is %s is found out by a create',
    async (existingPhone, kind) => {
      const other = createSimulator({ contract: 'v1.1', existingPhone });
      const { contacts } = create({ apiKey: other.apiKey, fetch: (request) => other.fetch(request) });
      other.putContact({ id: phone, phone });
      const error = (await contacts.create({ phone, fields: { visa_country: 'india' } }))._unsafeUnwrapErr();
      expect(error.kind).toBe(kind);
    },
  );

  it.each<SimulatorOptions>([
    { errorsInBody: false },
    { unknownContact: 'refused' },
    { unknownContact: 'refused', errorsInBody: false },
    { jsonLabel: 'text/html' },
  ])('a service of another manner (%o) is understood as well', async (manner) => {
    const other = createSimulator({ contract: 'v1.1', ...manner });
    const { contacts } = create({ apiKey: other.apiKey, fetch: (request) => other.fetch(request) });
    expect((await contacts.find(phone))._unsafeUnwrap()).toBeNull();
    (await contacts.create({ phone, fields: { visa_quantity: 1 } }))._unsafeUnwrap();
    (await contacts.update(phone, { set: { visa_quantity: 2 }, clear: [] }))._unsafeUnwrap();
    expect((await contacts.find(phone))._unsafeUnwrap()?.fields).toEqual({ visa_quantity: 2 });
    other.assertNoViolations();
  });
});

describe('the limit of 100 requests a minute, told by text', () => {
  const run = async (options: Partial<V11ClientOptions>) => {
    const clock = createManualClock();
    const limited = createSimulator({ contract: 'v1.1', clock });
    const client = create({
      apiKey: limited.apiKey,
      fetch: (request) => limited.fetch(request),
      clock,
      deadlineMs: 600_000,
      maxWaitMs: 600_000,
      timeoutMs: 5_000,
      ...options,
    });
    const calls = Array.from({ length: 250 }, () => client.contacts.find(phone));
    const results = await clock.settle(Promise.all(calls));
    return { results, limited, elapsedMs: clock.now() };
  };

  it('is never met by the default of 90', async () => {
    const { results, limited, elapsedMs } = await run({ rateLimit: { requestsPerMinute: 90 } });
    expect(results.every((result) => result.isOk())).toBe(true);
    expect(limited.journal).toHaveLength(250);
    expect(elapsedMs).toBe(120_000);
  });

  it('is waited out by all calls when it is met', async () => {
    const { results, limited, elapsedMs } = await run({ rateLimit: false, retry: { attempts: 10 } });
    expect(results.every((result) => result.isOk())).toBe(true);
    expect(limited.journal.length).toBeGreaterThan(250);
    expect(elapsedMs).toBeGreaterThan(60_000);
  });
});
