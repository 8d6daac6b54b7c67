import { describe, expect, it } from 'vitest';
import { json } from '../../test/scripted-fetch.ts';
import { phone, setUpScript, setUpService } from '../../test/set-up-v11.ts';

const list = 'GET /accounts/custom_fields';
const contact = { phone, fields: {} };
const write = (...names: string[]) => ({
  set: Object.fromEntries(names.map((name) => [name, 'x'])),
  clear: [],
});

const withContact = async (options: Parameters<typeof setUpService>[0] = {}) => {
  const given = setUpService(options);
  (await given.clock.settle(given.client.contacts.create(contact)))._unsafeUnwrap();
  const fetched = () => given.service.lines().filter((line) => line === list).length;
  return { ...given, fetched };
};

describe('names of custom fields', () => {
  it('are not fetched where no field is written', async () => {
    const { client, fetched } = await withContact();
    (await client.contacts.find(phone))._unsafeUnwrap();
    (await client.contacts.erase(phone, ['notes']))._unsafeUnwrap();
    expect(fetched()).toBe(0);
  });

  it('are fetched once for many writes', async () => {
    const { client, fetched } = await withContact();
    (await client.contacts.update(phone, write('visa_country')))._unsafeUnwrap();
    (await client.contacts.update(phone, write('visa_country', 'notes')))._unsafeUnwrap();
    expect(fetched()).toBe(1);
  });

  it('are fetched once for writes at the same time', async () => {
    const { client, fetched } = await withContact();
    const written = await Promise.all(
      ['visa_country', 'notes'].map((name) => client.contacts.update(phone, write(name))),
    );
    expect(written.every((result) => result.isOk())).toBe(true);
    expect(fetched()).toBe(1);
  });

  it.each([
    [undefined, 86_400_000],
    [1_000, 1_000],
  ])('are kept for their time to live (%s)', async (fieldsTimeToLiveMs, keptMs) => {
    const options = fieldsTimeToLiveMs === undefined ? {} : { fieldsTimeToLiveMs };
    const { client, clock, fetched } = await withContact(options);
    (await client.contacts.update(phone, write('notes')))._unsafeUnwrap();
    clock.advance(keptMs - 1);
    (await client.contacts.update(phone, write('notes')))._unsafeUnwrap();
    expect(fetched()).toBe(1);
    clock.advance(1);
    (await client.contacts.update(phone, write('notes')))._unsafeUnwrap();
    expect(fetched()).toBe(2);
  });

  it('are fetched anew for an unknown name', async () => {
    const { client, service, fetched } = await withContact();
    (await client.contacts.update(phone, write('notes')))._unsafeUnwrap();
    service.fields.push({ id: '200001', name: 'intent', type: 0 });
    expect((await client.contacts.update(phone, write('intent'))).isOk()).toBe(true);
    expect(fetched()).toBe(2);
  });

  it('are fetched anew after the service refused a write', async () => {
    const { client, service, fetched } = await withContact();
    const { intercept } = service;
    service.intercept = (index, request, answer) =>
      request.url.endsWith('/100006')
        ? Promise.resolve(Response.json({ success: false, message: 'Field not found' }))
        : intercept(index, request, answer);
    expect((await client.contacts.update(phone, write('notes'))).isErr()).toBe(true);
    service.intercept = intercept;
    expect((await client.contacts.update(phone, write('notes'))).isOk()).toBe(true);
    expect(fetched()).toBe(2);
  });

  it.each([
    [{ success: false, message: 'Field not found' }, 2],
    [{ success: false, error: 'Your account exceeded the limit of 100 requests per 60 seconds' }, 1],
  ])(
    'are fetched anew where some fields were refused, not where the write was stopped',
    async (told, times) => {
      const { client, clock, service, fetched } = await withContact();
      const { intercept } = service;
      service.intercept = (index, request, answer) =>
        request.url.endsWith('/100006')
          ? Promise.resolve(Response.json(told))
          : intercept(index, request, answer);
      const written = await client.contacts.update(phone, write('visa_country', 'notes'));
      expect(written._unsafeUnwrapErr()).toMatchObject({ kind: 'partial_write', missingFields: ['notes'] });
      service.intercept = intercept;
      clock.advance(60_000);
      expect((await client.contacts.update(phone, write('notes'))).isOk()).toBe(true);
      expect(fetched()).toBe(times);
    },
  );

  it('that the account does not have are an error that lists them, before anything is written', async () => {
    const { client, service } = await withContact();
    service.exchanges.length = 0;
    const error = (
      await client.contacts.update(phone, { set: { intnt: 'x', notes: 'y' }, clear: ['stya'] })
    )._unsafeUnwrapErr();
    expect(error).toMatchObject({ kind: 'invalid_request', retryable: false, effect: 'none' });
    expect(error.message).toContain('intnt, stya');
    expect(service.lines()).toEqual([list]);
  });

  it('that are unknown are looked for once a minute, not at every update', async () => {
    const { client, clock, service, fetched } = await withContact();
    for (let call = 0; call < 5; call += 1)
      expect((await client.contacts.update(phone, write('intent'))).isErr()).toBe(true);
    expect(fetched()).toBe(1);
    (await client.contacts.update(phone, write('notes')))._unsafeUnwrap();
    expect(fetched()).toBe(1);
    service.fields.push({ id: '200001', name: 'intent', type: 0 });
    clock.advance(60_000);
    (await client.contacts.update(phone, write('intent')))._unsafeUnwrap();
    expect(fetched()).toBe(2);
  });

  it('that the service refuses again and again are fetched once a minute', async () => {
    const { client, service, fetched } = await withContact();
    const { intercept } = service;
    service.intercept = (index, request, answer) =>
      request.url.endsWith('/100006')
        ? Promise.resolve(Response.json({ success: false, message: 'Field not found' }))
        : intercept(index, request, answer);
    for (let call = 0; call < 5; call += 1)
      expect((await client.contacts.update(phone, write('notes'))).isErr()).toBe(true);
    expect(fetched()).toBe(2);
  });

  it('that stand twice are never written', async () => {
    const { client, service } = await withContact();
    service.fields.push({ id: '200001', name: 'notes', type: 5 });
    const error = (await client.contacts.update(phone, write('notes')))._unsafeUnwrapErr();
    expect(error).toMatchObject({ kind: 'invalid_request', effect: 'none' });
    expect(error.message).toContain('notes (ids 100006, 200001)');
  });
});

describe('createMissingFields', () => {
  it('creates exactly the unknown ones that are declared, with their types', async () => {
    const { client, service } = await withContact({
      createMissingFields: { wa_alerts: 'boolean', intent: 'text', notes: 'text' },
    });
    service.exchanges.length = 0;
    const changes = { set: { wa_alerts: true, notes: 'x' }, clear: [] };
    (await client.contacts.update(phone, changes))._unsafeUnwrap();
    expect(service.exchanges[1]).toMatchObject({
      line: 'POST /accounts/custom_fields',
      body: '{"name":"wa_alerts","type":4}',
    });
    expect(service.lines().filter((line) => line.endsWith('/accounts/custom_fields'))).toHaveLength(3);
    expect(service.fields.at(-1)?.name).toBe('wa_alerts');
  });

  it('does not help with a name that is not declared', async () => {
    const { client } = await withContact({ createMissingFields: { intent: 'text' } });
    const error = (await client.contacts.update(phone, write('intent', 'strange')))._unsafeUnwrapErr();
    expect(error.kind).toBe('invalid_request');
    expect(error.message).toContain('named strange:');
  });

  it('ends with the error of the creation', async () => {
    const { client, service } = await withContact({ createMissingFields: { intent: 'text' } });
    const { intercept } = service;
    service.intercept = (index, request, answer) =>
      request.method === 'POST'
        ? Promise.resolve(Response.json({ success: false }))
        : intercept(index, request, answer);
    const error = (await client.contacts.update(phone, write('intent')))._unsafeUnwrapErr();
    expect(error).toMatchObject({ kind: 'invalid_request', operation: 'createCustomField' });
  });

  it('ends with the error of the second reading', async () => {
    const { client, clock } = setUpScript(
      [json([]), json({ id: '1', name: 'intent' }), json({ success: false })],
      { createMissingFields: { intent: 'text' } },
    );
    const error = (await clock.settle(client.contacts.update(phone, write('intent'))))._unsafeUnwrapErr();
    expect(error.operation).toBe('listCustomFields');
  });
});

describe('a fetch that others wait for', () => {
  it('lets each of them end within its own deadline', async () => {
    const definitions = json([{ id: '1', name: 'a', type: 0 }]);
    const { client, clock, sent } = setUpScript(['hang', definitions, json({ success: true })], {
      timeoutMs: 1_200,
    });
    const leader = client.contacts.update(phone, write('a'));
    const hasty = client.contacts.update(phone, write('a'), { deadlineMs: 100 });
    expect((await clock.settle(hasty))._unsafeUnwrapErr()).toMatchObject({ kind: 'timeout', effect: 'none' });
    expect(clock.now()).toBe(100);
    expect((await clock.settle(leader)).isOk()).toBe(true);
    expect(sent).toHaveLength(3);
  });

  it('is not made by each of them after the first one has left', async () => {
    const definitions = json([{ id: '1', name: 'a', type: 0 }]);
    const { client, clock, sent } = setUpScript(['hang', definitions, json({ success: true })], {
      timeoutMs: 1_000,
    });
    const leader = client.contacts.update(phone, write('a'), { deadlineMs: 100 });
    const followers = Array.from({ length: 40 }, () => client.contacts.update(phone, write('a')));
    const ended = await clock.settle(Promise.all([leader, ...followers]));
    expect(ended.map((result) => result.isOk())).toEqual([false, ...followers.map(() => true)]);
    expect(sent.filter(({ path }) => path.endsWith('/accounts/custom_fields'))).toHaveLength(2);
  });
});

describe('a fetch that fails', () => {
  it('fails those who wait for it, and is made again by the next', async () => {
    const { client, sent } = setUpScript([json({ success: false })]);
    const failed = await Promise.all([
      client.contacts.update(phone, write('a')),
      client.contacts.update(phone, write('a')),
    ]);
    expect(failed.map((result) => result.isErr())).toEqual([true, true]);
    expect(sent).toHaveLength(1);
    expect((await client.contacts.update(phone, write('a'))).isErr()).toBe(true);
    expect(sent).toHaveLength(2);
  });

  it.each([{ signal: true }, { deadlineMs: 10 }])(
    'by its own caller (%j) does not fail the others',
    async (limit) => {
      const definitions = json([{ id: '1', name: 'a', type: 0 }]);
      const { client, clock } = setUpScript(['hang', definitions, json({ success: true })]);
      const controller = new AbortController();
      const options = 'signal' in limit ? { signal: controller.signal } : limit;
      const ended = client.contacts.update(phone, write('a'), options);
      const other = client.contacts.update(phone, write('a'));
      clock.schedule(5, () => controller.abort());
      expect((await clock.settle(ended))._unsafeUnwrapErr().kind).toMatch(/aborted|timeout/);
      expect((await clock.settle(other)).isOk()).toBe(true);
    },
  );
});

describe('customFields', () => {
  it('lists definitions with readable types', async () => {
    const { client } = await withContact();
    const fields = (await client.customFields.list())._unsafeUnwrap();
    expect(fields.slice(6)).toEqual([
      { id: '100007', name: 'language', type: 'select', options: ['en', 'he'] },
      { id: '100008', name: 'products', type: 'multi_select', options: ['evisa', 'eta'] },
      { id: '100009', name: 'odd', type: null, options: null },
    ]);
  });

  it('creates one', async () => {
    const { client, service } = await withContact();
    const created = (await client.customFields.create({ name: 'flag', type: 'text' }))._unsafeUnwrap();
    expect(created).toEqual({ id: service.fields.at(-1)?.id });
  });
});
