import { describe, expect, expectTypeOf, it } from 'vitest';
import { broken, json, text } from '../../test/scripted-fetch.ts';
import { appendixContact, found, phone, setUp } from '../../test/set-up.ts';
import type { PlanPaths } from '../index.ts';

const params = { path: { id: phone } };

describe('raw client', () => {
  it('offers each operation with its types', async () => {
    const { client, sent } = setUp([found, found, found, json({ hasWhatsApp: false })]);
    const read = await client.raw.GET('/contacts/{id}', { params });
    const created = await client.raw.POST('/contacts', { body: { id: phone, phone, customFields: {} } });
    const updated = await client.raw.PATCH('/contacts/{id}', { params, body: { customFields: { a: null } } });
    const checked = await client.raw.GET('/contacts/{id}/validate-whatsapp', { params });
    expect(read.data).toEqual(appendixContact);
    expect([created.response.status, updated.response.status, checked.data]).toEqual([
      200,
      200,
      { hasWhatsApp: false },
    ]);
    expect(sent.map(({ method, body }) => `${method} ${body}`)).toEqual([
      'GET ',
      `POST {"id":"${phone}","phone":"${phone}","customFields":{}}`,
      'PATCH {"customFields":{"a":null}}',
      'GET ',
    ]);
    expectTypeOf<keyof PlanPaths>().toEqualTypeOf<
      '/contacts' | '/contacts/{id}' | '/contacts/{id}/validate-whatsapp'
    >();
    expectTypeOf(checked.data).toEqualTypeOf<{ hasWhatsApp: boolean } | undefined>();
  });

  it('answers as the service answered, whatever the status, and does not retry', async () => {
    const { client, sent } = setUp([json({ error: 'Contact not found' }, 404), text('<html>', 503)]);
    const missing = await client.raw.GET('/contacts/{id}', { params });
    expect([missing.response.status, missing.error]).toEqual([404, { error: 'Contact not found' }]);
    const down = await client.raw.GET('/contacts/{id}', { params });
    expect([down.response.status, down.error]).toEqual([503, '<html>']);
    expect(sent).toHaveLength(2);
  });

  it('passes answers without a body', async () => {
    const { client } = setUp([() => new Response(null, { status: 204 })]);
    const { data, response } = await client.raw.GET('/contacts/{id}', { params });
    expect([data, response.status]).toEqual([undefined, 204]);
  });

  it.each(['..', '', '.'])('refuses the id %j, which would change the path', async (id) => {
    const { client, sent } = setUp([found]);
    await expect(client.raw.GET('/contacts/{id}', { params: { path: { id } } })).rejects.toMatchObject({
      error: { kind: 'invalid_request', effect: 'none' },
    });
    expect(sent).toHaveLength(0);
  });

  it('sends nothing, and so no key, to another host', async () => {
    const { client, sent } = setUp([found]);
    const call = client.raw.GET('/contacts/{id}', { params, baseUrl: 'https://elsewhere.example/api' });
    await expect(call).rejects.toMatchObject({ error: { kind: 'invalid_request' } });
    expect(sent).toHaveLength(0);
  });

  it('does not show the key to middlewares', async () => {
    const { client, sent } = setUp([found]);
    let seen: string | null = 'nothing';
    client.raw.use({
      onRequest: ({ request }) => {
        seen = request.headers.get('authorization');
      },
    });
    await client.raw.GET('/contacts/{id}', { params });
    expect([seen, sent[0]?.headers.get('authorization')]).toEqual([null, 'Bearer secret-key-1']);
  });

  it('knows a request that a middleware has replaced, by its URL', async () => {
    const { client, sent } = setUp([found]);
    const accept = 'application/json;q=0.9, text/plain;q=0.1';
    let target = `https://app.chatgptbuilder.io/api/contacts/${phone}`;
    client.raw.use({ onRequest: () => new Request(target, { headers: { accept } }) });
    await client.raw.GET('/contacts/{id}', { params });
    expect(sent[0]?.headers.get('accept')).toBe(accept);
    target = 'https://elsewhere.example/contacts';
    await expect(client.raw.GET('/contacts/{id}', { params })).rejects.toThrow('unknown operation');
    expect(sent).toHaveLength(1);
  });

  it('is bound by timeout, deadline and its own signal', async () => {
    const slow = setUp(['hang'], { timeoutMs: 1_000 });
    await expect(slow.clock.settle(slow.client.raw.GET('/contacts/{id}', { params }))).rejects.toMatchObject({
      error: { kind: 'timeout' },
    });
    expect(slow.clock.now()).toBe(1_000);

    const { client, clock } = setUp(['hang']);
    const controller = new AbortController();
    clock.schedule(50, () => controller.abort());
    const call = client.raw.PATCH('/contacts/{id}', {
      params,
      body: { customFields: {} },
      signal: controller.signal,
    });
    await expect(clock.settle(call)).rejects.toMatchObject({ error: { kind: 'aborted', effect: 'unknown' } });
  });

  it('rejects where no whole answer came', async () => {
    const { client } = setUp([broken('{"id"')]);
    await expect(client.raw.GET('/contacts/{id}', { params })).rejects.toMatchObject({
      name: 'CbbException',
      error: { kind: 'network', effect: 'none' },
    });
  });
});
