import { expect, expectTypeOf, it } from 'vitest';
import { json, text } from '../../test/scripted-fetch.ts';
import { appendixContact, phone, setUp } from '../../test/set-up.ts';
import { setUpService } from '../../test/set-up-v11.ts';
import type { Contact } from '../index.ts';

const answer = json(appendixContact, 200, { 'x-request-id': 'req-7f3a', 'x-served-by': 'a1' });

it('tells status, headers and request id beside the value, by the same request', async () => {
  const { client, sent } = setUp([answer]);
  const { value, response } = (await client.contacts.find(phone).withResponse())._unsafeUnwrap();
  expectTypeOf(value).toEqualTypeOf<Contact | null>();
  expect(value?.id).toBe(phone);
  expect(response).toMatchObject({ status: 200, requestId: 'req-7f3a' });
  expect(response?.headers.get('x-served-by')).toBe('a1');
  expect(sent).toHaveLength(1);
});

it('is of the answer that decided, after a retry and where the value is none', async () => {
  const { client, clock } = setUp([text('', 503), json({ message: 'Contact not found' }, 404)]);
  const found = await clock.settle(client.contacts.find(phone).withResponse());
  expect(found._unsafeUnwrap()).toMatchObject({ value: null, response: { status: 404 } });
});

it('is of the last of several requests on v1.1, for each call by itself', async () => {
  const { client, service } = setUpService();
  service.intercept = async (index, request, next) => {
    const response = await next(request);
    response.headers.set('x-request-id', `r-${index}`);
    return response;
  };
  const contact = { phone, fields: { notes: 'x' } };
  const created = (await client.contacts.create(contact).withResponse())._unsafeUnwrap();
  const listed = (await client.customFields.list().withResponse())._unsafeUnwrap();
  expect([created.response?.requestId, listed.response?.requestId]).toEqual(['r-2', 'r-3']);
});

it('is null where the call sent no request', async () => {
  const { client } = setUp([answer]);
  expect((await client.scope().withResponse())._unsafeUnwrap().response).toBeNull();
});

it('is an error as the call itself is', async () => {
  const { client } = setUp([json({}, 401, { 'request-id': 'req-9' })]);
  const refused = await client.contacts.find(phone).withResponse();
  expect(refused._unsafeUnwrapErr()).toMatchObject({ kind: 'unauthorized', status: 401, requestId: 'req-9' });
});
