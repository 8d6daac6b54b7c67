import { describe, expect, it } from 'vitest';
import { json } from '../../test/scripted-fetch.ts';
import { phone, setUpScript, setUpService } from '../../test/set-up-v11.ts';
import { createCbbClient } from '../index.ts';

describe('options of a v1.1 client', () => {
  it.each([
    ['updateStrategy', { updateStrategy: 'all' }],
    ['accountId', { accountId: '' }],
    ['fieldsTimeToLiveMs', { fieldsTimeToLiveMs: -1 }],
    ['createMissingFields.flag', { createMissingFields: { flag: 'emoji' } }],
    ['strategy', { strategy: 'fields' }],
    ['apiKey', { apiKey: 7 }],
  ])('%s: an unusable value is refused by name', (name, options) => {
    const attempt = () =>
      Reflect.apply(createCbbClient, undefined, [{ contract: 'v1.1', apiKey: '1.secret', ...options }]);
    expect(attempt).toThrow(TypeError);
    expect(attempt).toThrow(name);
  });

  it.each([undefined, {}, { contract: 'v2', apiKey: '1.secret' }])('need a contract (%j)', (options) => {
    expect(() => Reflect.apply(createCbbClient, undefined, [options])).toThrow(/contract/);
  });
});

describe('the account', () => {
  const account = json({ page_id: '1000001', name: 'Example' });
  const nobody = json({ id: phone, phone: '' });

  it('is told by verifyAccount', async () => {
    const { client } = setUpScript([account]);
    expect((await client.verifyAccount())._unsafeUnwrap().page_id).toBe('1000001');
  });

  it('is not asked for where none is expected', async () => {
    const { client, service } = setUpService();
    (await client.contacts.find(phone))._unsafeUnwrap();
    expect(service.lines()).toEqual([`GET /contacts/${phone}`]);
  });

  it('that is expected is checked once, before the first request', async () => {
    const { client, service } = setUpService({ accountId: '1000001' });
    (await client.contacts.find(phone))._unsafeUnwrap();
    (await client.contacts.find(phone))._unsafeUnwrap();
    expect(service.lines()).toEqual(['GET /accounts/me', `GET /contacts/${phone}`, `GET /contacts/${phone}`]);
  });

  it('that is not the expected one is never written to', async () => {
    const { client, sent } = setUpScript([account], { accountId: '1000002' });
    for (const result of [
      await client.verifyAccount(),
      await client.contacts.create({ phone, fields: {} }),
      await client.contacts.update(phone, { set: { a: 'x' }, clear: [] }),
    ]) {
      const error = result._unsafeUnwrapErr();
      expect(error).toMatchObject({ kind: 'unauthorized', retryable: false, effect: 'none' });
      expect(error.message).toContain('another account');
      expect(error.message).not.toMatch(/100000/);
    }
    expect(new Set(sent.map(({ path }) => path))).toEqual(new Set(['/api/accounts/me']));
  });

  it('that is not the expected one is not spoken to by any call', async () => {
    const { client, sent } = setUpScript([account], { accountId: '1000002' });
    const results = [
      await client.api.sendText(phone, { text: 'hi' }),
      await client.api.createContact({ phone }),
      await client.customFields.create({ name: 'a', type: 'text' }),
      await client.customFields.list(),
    ];
    expect(results.map((result) => result._unsafeUnwrapErr().kind)).toEqual(
      results.map(() => 'unauthorized'),
    );
    const refused = { error: { kind: 'unauthorized' } };
    await expect(client.raw.GET('/accounts/flows')).rejects.toMatchObject(refused);
    const raw = client.raw.POST('/contacts', { body: { phone } });
    await expect(raw).rejects.toMatchObject(refused);
    expect(new Set(sent.map(({ path }) => path))).toEqual(new Set(['/api/accounts/me']));
    expect((await client.raw.GET('/accounts/me')).data).toMatchObject({ page_id: '1000001' });
  });

  it('that is expected is asked for once by many first calls', async () => {
    const { client, service } = setUpService({ accountId: '1000001' });
    const calls = Array.from({ length: 20 }, (_, index) =>
      index % 2 === 0 ? client.contacts.find(phone) : client.raw.GET('/accounts/flows'),
    );
    await Promise.all(calls);
    expect(service.lines().filter((line) => line.endsWith('/me'))).toHaveLength(1);
    expect(service.lines()).toHaveLength(21);
  });

  it('is asked for again after the check failed', async () => {
    const steps = [json({ success: false }), account, nobody];
    const { client, sent } = setUpScript(steps, { accountId: '1000001' });
    expect((await client.contacts.find(phone)).isErr()).toBe(true);
    expect((await client.contacts.find(phone))._unsafeUnwrap()).toBeNull();
    expect(sent).toHaveLength(3);
  });
});
