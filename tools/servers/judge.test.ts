import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ClientRequest } from '../recorded-requests/recorder.ts';
import { type Judge, startJudge } from './judge.ts';

/** Prism is a program of its own and slow to answer first. */
const startMs = 120_000;
let judge: Judge;

beforeAll(async () => {
  judge = await startJudge();
});
afterAll(() => judge.close());

const plan = (request: Partial<ClientRequest>): ClientRequest => ({
  contract: 'plan',
  method: 'GET',
  target: '/contacts/447700900123',
  headers: { authorization: 'Bearer any', accept: 'application/json' },
  body: '',
  ...request,
});
const v11 = (request: Partial<ClientRequest>): ClientRequest => ({
  contract: 'v1.1',
  method: 'GET',
  target: '/accounts/me',
  headers: { 'x-access-token': '1.any', accept: 'application/json' },
  body: '',
  ...request,
});
const json = { 'content-type': 'application/json' };
const form = { 'content-type': 'application/x-www-form-urlencoded' };
const write = { method: 'POST', target: '/contacts' };
const bearer = { ...json, authorization: 'Bearer any' };
const token = { ...json, 'x-access-token': '1.any' };

async function refusalsOf(requests: readonly ClientRequest[]): Promise<unknown> {
  const answer = await fetch(judge.url, { method: 'POST', body: JSON.stringify(requests) });
  return answer.json();
}

it.each<readonly [string, ClientRequest, number]>([
  ['a path that the document has not', plan({ target: '/customers' }), 404],
  ['a method that the path has not', plan({ method: 'DELETE' }), 405],
  ['no key', plan({ headers: {} }), 401],
  ['the key of the other contract', plan({ headers: { 'x-access-token': '1.any' } }), 401],
  ['a body without its phone', plan({ ...write, headers: bearer, body: '{"customFields":{}}' }), 422],
  ['no key on v1.1', v11({ headers: {} }), 401],
  ['a body of v1.1 without its phone', v11({ ...write, headers: token, body: '{}' }), 400],
  [
    'a query without its value',
    v11({ target: '/contacts/find_by_custom_field?field_id=phone', headers: token }),
    400,
  ],
  [
    'a field as JSON, which is written as a form',
    v11({ method: 'POST', target: '/contacts/1/custom_fields/2', headers: token, body: '{"value":"a"}' }),
    400,
  ],
])('%s is refused', { timeout: startMs }, async (_, request, status) => {
  expect(await refusalsOf([plan({}), request, v11({})])).toMatchObject([{ request, status }]);
});

it('takes what fits, equal requests once', { timeout: startMs }, async () => {
  const before = { ...judge.judged };
  const create = { ...write, headers: bearer };
  const body = '{"id":"447700900123","phone":"447700900123","customFields":{"a":1}}';
  const field = { method: 'POST', target: '/contacts/1/custom_fields/2', headers: { ...token, ...form } };
  const requests = [plan({ ...create, body }), v11({ ...field, body: 'value=a%20b' })];
  expect(await refusalsOf([...requests, ...requests])).toEqual([]);
  expect(await refusalsOf(requests)).toEqual([]);
  expect(judge.judged).toEqual({ plan: before.plan + 1, 'v1.1': before['v1.1'] + 1 });
});
