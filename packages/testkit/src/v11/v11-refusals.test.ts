import { afterEach, expect, it } from 'vitest';
import { failOnViolations } from '../openapi/fail-on-violations.ts';
import { createSimulator } from '../simulator/create-simulator.ts';
import type { Simulator } from '../simulator/simulator.ts';
import type { SimulatorOptions } from '../simulator/simulator-options.ts';
import { createManualClock } from '../testing/manual-clock.ts';
import { PHONE } from '../testing/plan-calls.ts';
import { v11Calls } from '../testing/v11-calls.ts';

let simulator: Simulator;
failOnViolations({ afterEach }, () => simulator);

function setUp(options: SimulatorOptions = {}) {
  const clock = createManualClock();
  simulator = createSimulator({ contract: 'v1.1', seed: 3, clock, wallNowMs: clock.wallNowMs, ...options });
  return { clock, simulator, ...v11Calls(simulator) };
}

it('allows 100 requests in 60 seconds, and tells it by text alone', async () => {
  const { clock, send, get } = setUp();
  for (let count = 0; count < 100; count += 1) await send('GET', '/accounts/me');
  const refused = await send('GET', '/accounts/me');
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([200, null]);
  expect(JSON.parse(await refused.text())).toEqual({
    success: false,
    error: 'Your account exceeded the limit of 100 requests per 60 seconds',
  });
  await clock.advance(60_000);
  expect(await get('/accounts/me')).toHaveProperty('page_id');
});

it('tells the limit that it is given', async () => {
  const { send, get } = setUp({ rateLimitPerMinute: 1 });
  await send('GET', '/accounts/me');
  expect((await get('/accounts/me')).error).toContain('limit of 1 requests per 60 seconds');
});

it('refuses in every shape, with status 200', async () => {
  const { send } = setUp({ unknownContact: 'refused', rateLimitPerMinute: null });
  const shapes = new Set<string>();
  for (let round = 0; round < 40; round += 1) {
    const response = await send('GET', `/contacts/${PHONE}`);
    expect(response.status).toBe(200);
    shapes.add(await response.text());
  }
  expect([...shapes].sort()).toEqual([
    '{"error":{"code":404,"message":"Contact not found"}}',
    '{"success":false,"error":"Contact not found"}',
    '{"success":false,"message":"Contact not found"}',
  ]);
});

it('rejects a key in the body, or by status where told to; a Bearer key is none', async () => {
  setUp();
  const rejected = await v11Calls(simulator, 'wrong').send('GET', '/accounts/me');
  expect([rejected.status, await rejected.text()]).toEqual([200, expect.stringContaining('Unauthorized')]);
  const bearer = await simulator.fetch('https://x.test/api/accounts/me', {
    headers: { authorization: `Bearer ${simulator.apiKey}` },
  });
  expect(await bearer.text()).toContain('Unauthorized');
  setUp({ errorsInBody: false });
  expect((await v11Calls(simulator, 'wrong').send('GET', '/accounts/me')).status).toBe(401);
});

it.each([
  ['application/json', ['application/json']],
  ['text/html', ['text/html']],
  ['varied', ['application/json', 'text/html']],
] as const)('labels its JSON: %s', async (jsonLabel, expected) => {
  const { send } = setUp({ jsonLabel });
  const labels = new Set<string | null>();
  for (let round = 0; round < 20; round += 1)
    labels.add((await send('GET', '/accounts/me')).headers.get('content-type'));
  expect([...labels].sort()).toEqual([...expected]);
});

it('answers faults in its own way', async () => {
  const { send } = setUp();
  simulator.failNext({ kind: 'rate_limited', retryAfterMs: 5000 });
  const limited = await send('GET', '/accounts/me');
  expect([limited.status, limited.headers.get('retry-after'), await limited.text()]).toEqual([
    200,
    null,
    expect.stringContaining('exceeded the limit of 100'),
  ]);
  simulator.failNext({ kind: 'key_rejected' });
  expect(await (await send('GET', '/accounts/me')).text()).toContain('Unauthorized');
  const bodies = new Set<string>();
  for (let round = 0; round < 30; round += 1) {
    simulator.failNext({ kind: 'server_error', status: 502 });
    const failed = await send('GET', '/accounts/me');
    expect(failed.status).toBe(502);
    bodies.add(await failed.text());
  }
  expect(bodies.size).toBe(3);
});

it('answers 411 to a POST without a body, and counts it as a violation', async () => {
  const { send } = setUp();
  expect((await send('POST', `/contacts/${PHONE}/tags/200001`)).status).toBe(411);
  expect((await send('PATCH', `/contacts/${PHONE}`)).status).toBe(400);
  expect(simulator.takeViolations()).toHaveLength(2);
});

it('is told from the plan by the account', async () => {
  setUp({ contract: 'plan', apiKey: '7.k' });
  const probe = await v11Calls(simulator, '7.k').send('GET', '/accounts/me');
  expect(probe.status).toBe(404);
});

it('takes a field name twice where it is told to', async () => {
  const { postJson, get } = setUp({ duplicateFieldNames: true, customFields: [{ name: 'f', type: 'text' }] });
  expect(await postJson('/accounts/custom_fields', { name: 'f', type: 1 })).toEqual({
    id: '100002',
    name: 'f',
  });
  expect(await get('/accounts/custom_fields')).toMatchObject([
    { id: '100001' },
    { id: '100002', name: 'f', type: 1 },
  ]);
});

it('keeps the options of a select to itself where it is told to', async () => {
  const field = { name: 'colour', type: 'select', options: ['red'] } as const;
  const { get } = setUp({ fieldOptionsTold: false, customFields: [field] });
  const shown = { id: '100001', name: 'colour', type: 6, description: '' };
  expect(await get('/accounts/custom_fields')).toEqual([shown]);
  expect(await get('/accounts/custom_fields/name/colour')).toEqual(shown);
});
