import { describe, expect, it, onTestFinished } from 'vitest';
import type { ClientRequest } from '../../../tools/recorded-requests/recorder.ts';
import { json } from '../test/scripted-fetch.ts';
import { finish, found, phone, setUp } from '../test/set-up.ts';
import { setUpScript } from '../test/set-up-v11.ts';
import { detectContract } from './index.ts';

/** Sees what Prism is shown at the end of a file. */
function listen() {
  const recorder = globalThis.requestRecorder;
  const requests: ClientRequest[] = [];
  const pending = new Set<Promise<void>>();
  globalThis.requestRecorder = { pending, keep: (request) => requests.push(request) };
  onTestFinished(() => {
    globalThis.requestRecorder = recorder;
  });
  return async () => {
    await Promise.all(pending);
    return requests;
  };
}

describe('what an independent judge is shown of the requests in tests', () => {
  it('is every one, whole, whatever answers it', async () => {
    const recorded = listen();
    const { client, clock } = setUp([new TypeError('fetch failed'), found], {
      baseUrl: 'https://cbb.example/v9',
      headers: { 'x-trace': 'abc' },
    });
    await finish(client.contacts.update(phone, { set: { a: 1 }, clear: [] }), clock);
    await client.raw.GET('/contacts/{id}', { params: { path: { id: phone } } });
    const update = {
      contract: 'plan',
      method: 'PATCH',
      target: `/contacts/${phone}`,
      headers: {
        accept: 'application/json',
        authorization: 'Bearer secret-key-1',
        'content-type': 'application/json',
        'user-agent': 'visanet-cbb-client/development',
        'x-trace': 'abc',
      },
      body: '{"customFields":{"a":1}}',
    };
    const requests = await recorded();
    expect(requests).toHaveLength(3);
    expect(requests.slice(0, 2)).toEqual([update, update]);
    expect(requests[2]).toMatchObject({ contract: 'plan', method: 'GET', target: `/contacts/${phone}` });
  });

  it('names contract v1.1 by its key, of detection too', async () => {
    const recorded = listen();
    const { client, fetch } = setUpScript([json({ data: [] })]);
    await finish(client.api.findContactsByCustomField('phone', phone));
    await finish(detectContract({ apiKey: '1.secret', fetch }));
    expect(await recorded()).toMatchObject([
      { contract: 'v1.1', target: `/contacts/find_by_custom_field?field_id=phone&value=${phone}` },
      { contract: 'v1.1', target: '/accounts/me' },
    ]);
  });
});
