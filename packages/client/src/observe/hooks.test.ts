import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { json, text } from '../../test/scripted-fetch.ts';
import { appendixContact, finish, found, phone, setUp } from '../../test/set-up.ts';
import type { RequestEvent, ResponseEvent } from './hooks.ts';

describe('hooks', () => {
  it('tell of each request and each answer', async () => {
    const events: (RequestEvent | ResponseEvent)[] = [];
    const record = (event: RequestEvent | ResponseEvent) => {
      events.push(event);
    };
    const { client, clock } = setUp([text('', 500), 'hang', found], {
      timeoutMs: 1_500,
      hooks: { onRequest: record, onResponse: record },
    });
    await finish(client.contacts.find(phone), clock);
    const common = { operation: 'findContact', method: 'GET', pathTemplate: '/contacts/{id}' };
    const none = { durationMs: 0, requestId: null };
    const id = (request: number) => expect.stringMatching(new RegExp(`^[0-9a-z]{8}-1\\.${request}$`));
    expect(events).toEqual([
      { ...common, attempt: 1, attemptId: id(1) },
      { ...common, attempt: 1, attemptId: id(1), ...none, status: 500, errorKind: 'unavailable' },
      { ...common, attempt: 2, attemptId: id(2) },
      {
        ...{ ...common, attempt: 2, attemptId: id(2), ...none },
        ...{ status: null, durationMs: 1_500, errorKind: 'timeout' },
      },
      { ...common, attempt: 3, attemptId: id(3) },
      { ...common, attempt: 3, attemptId: id(3), ...none, status: 200, errorKind: null },
    ]);
  });

  it('tell what the reading of an answer found', async () => {
    const kinds: (string | null)[] = [];
    const { client } = setUp([json({}), json({ ...appendixContact, customFields: {} })], {
      hooks: { onResponse: ({ errorKind }) => kinds.push(errorKind) },
    });
    await finish(client.contacts.find(phone));
    await finish(client.contacts.update(phone, { set: { a: 1 }, clear: [] }));
    expect(kinds).toEqual(['unexpected_body', 'partial_write']);
  });

  it('tell of raw requests too, and hold no value', async () => {
    const events: unknown[] = [];
    const record = (event: unknown) => events.push(event);
    const { client } = setUp([found], { hooks: { onRequest: record, onResponse: record } });
    await client.raw.PATCH('/contacts/{id}', {
      params: { path: { id: phone } },
      body: { customFields: { visa_type: 'tourist' } },
    });
    expect(events).toHaveLength(2);
    expect(inspect(events, { depth: 9 })).not.toMatch(/447700900123|tourist|secret/);
  });

  it('cannot break a call by throwing or rejecting', async () => {
    const { client } = setUp([found], {
      hooks: {
        onRequest: () => {
          throw new Error('from a hook');
        },
        onResponse: async () => {
          throw new Error('from an asynchronous hook');
        },
      },
    });
    expect((await client.contacts.find(phone)).isOk()).toBe(true);
  });

  it('are silent where nothing is sent', async () => {
    const events: unknown[] = [];
    const { client } = setUp([found], { hooks: { onRequest: (event) => events.push(event) } });
    await finish(client.contacts.find('../1'));
    expect(events).toEqual([]);
  });
});
