import { describe, expect, it } from 'vitest';
import { createSimulator } from '../simulator/create-simulator.ts';
import { callsOf, PHONE } from '../testing/plan-calls.ts';
import { exchangeCheckOf } from './check-exchange.ts';
import type { OpenApiModel, OperationModel } from './model.ts';

const url = 'https://app.chatgptbuilder.io/api';

describe('requests that break the contract', () => {
  const json = { 'content-type': 'application/json' };
  const body = JSON.stringify({ id: PHONE, phone: PHONE, customFields: {} });
  it.each<[string, string, RequestInit, string]>([
    ['an unknown path', '/customers', {}, 'no such path'],
    ['a path outside of the base path', '/../contacts', {}, 'no such path'],
    ['an empty id', '/contacts/', {}, 'no such path'],
    ['an unknown method', `/contacts/${PHONE}`, { method: 'DELETE' }, 'no such method'],
    ['an id that is not digits', '/contacts/%2B447700900123', {}, 'path parameter /id must match pattern'],
    ['an unknown query parameter', `/contacts/${PHONE}?page=1`, {}, 'query parameter page is not described'],
    ['a missing body', '/contacts', { method: 'POST', headers: json }, 'the body is missing'],
    [
      'a wrong content type',
      '/contacts',
      { method: 'POST', body },
      'content type text/plain is not described',
    ],
    [
      'a body that is not JSON',
      '/contacts',
      { method: 'POST', headers: json, body: '{' },
      'the body is not JSON',
    ],
    [
      'a body without a required member',
      '/contacts',
      { method: 'POST', headers: json, body: '{}' },
      "required property 'customFields'",
    ],
    [
      'an unknown member',
      `/contacts/${PHONE}`,
      { method: 'PATCH', headers: json, body: '{"customFields":{},"name":"x"}' },
      'additional properties: name',
    ],
    [
      'a nested value of a wrong type',
      `/contacts/${PHONE}`,
      { method: 'PATCH', headers: json, body: '{"customFields":{"a":[]}}' },
      '/customFields/a must be',
    ],
  ])('%s', async (_title, path, init, problem) => {
    const simulator = createSimulator();
    const response = await simulator.fetch(url + path, init);
    expect(response.status).toBe(400);
    expect(simulator.violations).toHaveLength(1);
    expect(simulator.violations[0]).toMatchObject({ sequence: 1, side: 'request' });
    expect(simulator.violations[0]?.problems.join()).toContain(problem);
    expect(simulator.contacts.size).toBe(0);
  });

  it('are answered with the status that is set', async () => {
    const simulator = createSimulator({ violationStatus: 500 });
    expect((await simulator.fetch(`${url}/customers`)).status).toBe(500);
  });

  it('are no excuse for a fault', async () => {
    const simulator = createSimulator();
    simulator.failNext({ kind: 'connection_reset' });
    expect((await simulator.fetch(`${url}/customers`)).status).toBe(400);
  });
});

describe('violations', () => {
  it('throw with the seed, and without values of the request', async () => {
    const simulator = createSimulator({ seed: 4711 });
    const { send, create } = callsOf(simulator);
    simulator.assertNoViolations();
    await create(PHONE);
    await send('PATCH', `/contacts/${PHONE}`, {
      customFields: { client: ['Jane Doe'] },
      email: 'jane@example.test',
    });
    expect(() => simulator.assertNoViolations()).toThrow(
      /plan was broken \(seed 4711\):\n#2 PATCH \/contacts\/\{id\} request: /,
    );
    expect(JSON.stringify(simulator.violations)).not.toMatch(/Jane|jane@|447700/);
  });
});

describe('answers that break the contract', () => {
  it('are violations, also where a fault damages them afterwards', async () => {
    const simulator = createSimulator();
    simulator.putContact({ id: PHONE, ...JSON.parse('{"name":7}') });
    const { find } = callsOf(simulator);
    await find(PHONE);
    simulator.failNext({ kind: 'truncated_body' });
    await find(PHONE);
    expect(simulator.violations.map(({ side, problems }) => [side, ...problems])).toEqual([
      ['answer', 'status 200: /name must be string,null'],
      ['answer', 'status 200: /name must be string,null'],
    ]);
  });

  it('are not what a fault alone makes of a good answer', async () => {
    const simulator = createSimulator();
    simulator.putContact({ id: PHONE });
    for (const kind of ['truncated_body', 'not_json', 'wrong_content_type'] as const) {
      simulator.failNext({ kind });
      await callsOf(simulator).find(PHONE);
    }
    expect(simulator.violations).toEqual([]);
  });
});

/** A document in which everything differs that the two contracts leave out. */
const operation: OperationModel = {
  operationId: 'op',
  method: 'POST',
  pathTemplate: '/things/{number}',
  parameters: [
    { name: 'number', in: 'path', required: true, schema: { type: 'integer' } },
    { name: 'limit', in: 'query', required: true, schema: { type: 'integer', maximum: 10 } },
    { name: 'x-trace', in: 'header', required: false, schema: { type: 'string', format: 'uuid' } },
  ],
  requestBody: {
    required: false,
    content: { 'application/x-www-form-urlencoded': { $ref: 'cbb:test#/$defs/Form' } },
  },
  answers: {
    '200': { 'application/json': { type: 'object', required: ['ok'] } },
    '204': {},
    '4XX': { 'text/*': { type: 'string' } },
  },
};
const model: OpenApiModel = {
  id: 'cbb:test',
  operations: [operation],
  schemas: { Form: { type: 'object', required: ['count'], properties: { count: { type: 'number' } } } },
};

describe('single exchanges', () => {
  const check = exchangeCheckOf(model);
  const request = (parts: {
    query?: string;
    headers?: Record<string, string>;
    body?: string;
    number?: string;
  }) =>
    check.request(operation, {
      pathParameters: { number: parts.number ?? '7' },
      query: new URLSearchParams(parts.query ?? 'limit=5'),
      headers: new Headers(parts.headers),
      body: parts.body ?? '',
    });
  const form = { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' };

  it('reads numbers out of parameters and forms', () => {
    expect(request({})).toEqual([]);
    expect(request({ number: 'seven' })).toEqual(['path parameter /number must be integer']);
    expect(request({ headers: form, body: 'count=3.5' })).toEqual([]);
    expect(request({ headers: form, body: 'count=many' })).toEqual(['/count must be number']);
  });

  it('wants required parameters once, and headers as they are described', () => {
    expect(request({ query: '' })).toEqual(['query parameter limit is missing']);
    expect(request({ query: 'limit=1&limit=2' })).toEqual(['query parameter limit is given twice']);
    expect(request({ query: 'limit=11' })).toEqual(['query parameter /limit must be <= 10']);
    expect(request({ headers: { 'x-trace': 'no' } })).toEqual([
      'header parameter /x-trace must match format "uuid"',
    ]);
  });

  it('wants each name of a form once', () => {
    expect(request({ headers: form, body: 'count=1&count=2' })).toEqual([
      'a name is given twice in the form',
    ]);
  });

  it.each([
    [200, 'application/json', '{"ok":1}', []],
    [200, 'application/json', '{}', ["status 200: body must have required property 'ok'"]],
    [200, 'application/json', '', ['status 200 has no body']],
    [200, 'text/html', '{"ok":1}', ['status 200: content type text/html is not described']],
    [200, 'application/json', '{', ['status 200: the body is not JSON']],
    [204, null, '', []],
    [204, 'text/plain', 'x', ['status 204 has a body']],
    [302, null, '', ['status 302 is not described']],
    [404, 'text/plain', 'gone', []],
    [404, null, '', []],
    [500, 'text/plain', 'x', ['status 500 is not described']],
  ])('checks the answer %s %s %s', (status, contentType, body, problems) => {
    expect(check.answer(operation, { status, contentType, body, mislabelled: false })).toEqual(problems);
  });

  it('wants no body where none is described', () => {
    const bodiless = { ...operation, requestBody: null };
    const parts = {
      pathParameters: { number: '7' },
      query: new URLSearchParams('limit=1'),
      headers: new Headers(),
    };
    expect(check.request(bodiless, { ...parts, body: '' })).toEqual([]);
    expect(check.request(bodiless, { ...parts, body: '{}' })).toEqual([
      'a body is sent where none is described',
    ]);
  });

  it('reads JSON under a label that is known to be wrong', () => {
    const answer = { status: 200, contentType: 'text/html', mislabelled: true };
    expect(check.answer(operation, { ...answer, body: '{"ok":1}' })).toEqual([]);
    expect(check.answer(operation, { ...answer, body: '{}' })).toHaveLength(1);
  });
});
