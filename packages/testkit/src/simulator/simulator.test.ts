import { getEventListeners } from 'node:events';
import { expect, it } from 'vitest';
import { createManualClock } from '../testing/manual-clock.ts';
import { callsOf, PHONE } from '../testing/plan-calls.ts';
import { createSimulator } from './create-simulator.ts';
import { untilAborted } from './realise.ts';
import type { SimulatorOptions } from './simulator-options.ts';

const OTHER = '447700900124';

function setUp(options: SimulatorOptions = {}) {
  const clock = createManualClock();
  const simulator = createSimulator({ seed: 5, clock, wallNowMs: clock.wallNowMs, ...options });
  return { clock, simulator, ...callsOf(simulator) };
}

it('keeps a journal without anything of a customer', async () => {
  const { simulator, clock, create, find } = setUp();
  await create(PHONE, {}, { name: 'Jane Doe' });
  await clock.advance(250);
  await find(PHONE);
  expect(simulator.journal).toEqual([
    {
      sequence: 1,
      operationId: 'createContact',
      method: 'POST',
      pathTemplate: '/contacts',
      status: expect.any(Number),
      fault: null,
      latencyMs: 0,
      carriedOut: true,
      atMs: 0,
    },
    {
      sequence: 2,
      operationId: 'findContact',
      method: 'GET',
      pathTemplate: '/contacts/{id}',
      status: 200,
      fault: null,
      latencyMs: 0,
      carriedOut: true,
      atMs: 250,
    },
  ]);
  expect(simulator.counts).toEqual({ createContact: 1, findContact: 1 });
});

it('records requests as they came, without their key', async () => {
  const { simulator, create } = setUp();
  await create(PHONE, { branch: 'il' });
  expect(simulator.requests).toEqual([
    {
      sequence: 1,
      method: 'POST',
      target: '/contacts',
      contentType: 'application/json',
      body: JSON.stringify({ id: PHONE, phone: PHONE, customFields: { branch: 'il' } }),
    },
  ]);
  expect(JSON.stringify(simulator.requests)).not.toContain(simulator.apiKey);
});

it('forgets the oldest exchanges beyond its limit, but counts them', async () => {
  const { simulator, find } = setUp({ journalLimit: 2 });
  for (let round = 0; round < 5; round += 1) await find(PHONE);
  expect(simulator.journal.map((entry) => [entry.sequence, entry.status])).toEqual([
    [4, 404],
    [5, 404],
  ]);
  expect(simulator.requests.map((request) => request.sequence)).toEqual([4, 5]);
  expect(simulator.counts).toEqual({ findContact: 5 });
});

it('counts requests that no operation answers', async () => {
  const { simulator, send } = setUp();
  await send('GET', '/customers');
  expect(simulator.counts).toEqual({ unknown: 1 });
  expect(simulator.journal[0]).toMatchObject({ operationId: null, pathTemplate: null, carriedOut: false });
});

it('limits the requests of any 60 seconds, and tells the wait', async () => {
  const { simulator, clock, find, create } = setUp({ rateLimitPerMinute: 2 });
  await create(PHONE);
  await clock.advance(20_000);
  expect((await find(PHONE)).status).toBe(200);
  const refused = await find(PHONE);
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '40']);
  await clock.advance(39_999);
  expect((await find(PHONE)).status).toBe(429);
  await clock.advance(1);
  expect((await find(PHONE)).status).toBe(200);
  expect((await find(PHONE)).headers.get('retry-after')).toBe('20');
  simulator.assertNoViolations();
});

it.each([
  ['date', 'Wed, 20 Aug 2025 10:01:00 GMT'],
  ['none', null],
] as const)('tells the wait of its limit as %s', async (retryAfterForm, expected) => {
  const { find } = setUp({ rateLimitPerMinute: 1, retryAfterForm });
  await find(PHONE);
  expect((await find(PHONE)).headers.get('retry-after')).toBe(expected);
});

it('does not count what a wrong key asks', async () => {
  const { simulator, find } = setUp({ rateLimitPerMinute: 1 });
  await simulator.fetch(`https://x.test/api/contacts/${PHONE}`, {
    headers: { authorization: 'Bearer wrong' },
  });
  expect((await find(PHONE)).status).toBe(404);
});

it('changes faults and limit while it runs, and goes back on reset', async () => {
  const { simulator, find } = setUp();
  simulator.configure({
    faults: [{ fault: { kind: 'server_error' }, probability: 1, target: { method: 'GET' } }],
  });
  expect((await find(PHONE)).status).toBe(500);
  simulator.configure({ faults: [], rateLimitPerMinute: 1 });
  expect([(await find(PHONE)).status, (await find(PHONE)).status]).toEqual([404, 429]);
  simulator.reset();
  expect([(await find(PHONE)).status, (await find(PHONE)).status]).toEqual([404, 404]);
});

it('takes latency from the clock; the effect comes though the caller has gone', async () => {
  const { simulator, clock, send } = setUp();
  simulator.failNext({ kind: 'latency', delayMs: 30_000 });
  const abort = new AbortController();
  const pending = send('POST', '/contacts', { id: PHONE, phone: PHONE, customFields: {} }, abort.signal);
  await clock.advance(29_999);
  expect(simulator.contacts.size).toBe(0);
  abort.abort(new Error('given up'));
  await expect(pending).rejects.toThrow('given up');
  await clock.advance(1);
  expect(simulator.contacts.size).toBe(1);
});

it('sends nothing for a signal that has already aborted', async () => {
  const { simulator, find } = setUp();
  await expect(find(PHONE, AbortSignal.abort(new Error('too late')))).rejects.toThrow('too late');
  expect(simulator.journal).toEqual([]);
});

it('ends a slow body when the caller gives up', async () => {
  const { simulator, create, find } = setUp();
  await create(PHONE);
  simulator.failNext({ kind: 'slow_body', durationMs: 1000 });
  const abort = new AbortController();
  const response = await find(PHONE, abort.signal);
  const body = response.text();
  abort.abort(new Error('given up'));
  await expect(body).rejects.toThrow('given up');
});

it('takes the time of a slow body from the clock', async () => {
  const { simulator, clock, create, find } = setUp();
  await create(PHONE);
  simulator.failNext({ kind: 'slow_body', durationMs: 1000 });
  const response = await find(PHONE);
  let ended = false;
  const body = response.text().then((text) => {
    ended = true;
    return text;
  });
  await clock.advance(999);
  expect(ended).toBe(false);
  await clock.advance(1);
  expect(JSON.parse(await body)).toMatchObject({ id: PHONE });
});

it('leaves no listener on a signal that outlives the request', async () => {
  const { signal } = new AbortController();
  await untilAborted(Promise.resolve(), signal);
  await expect(untilAborted(Promise.reject(new Error('failed')), signal)).rejects.toThrow('failed');
  expect(getEventListeners(signal, 'abort')).toEqual([]);
});

it('follows a script: target, number of times, one fault per request', async () => {
  const { simulator, create, find, update } = setUp();
  await create(PHONE);
  simulator.failNext({ kind: 'server_error' }, { method: 'PATCH' }, 2);
  simulator.failNext({ kind: 'key_rejected' }, { operationId: 'findContact' });
  const statuses = [
    await find(PHONE),
    await update(PHONE, {}),
    await find(PHONE),
    await update(PHONE, {}),
    await update(PHONE, {}),
  ].map(({ status }) => status);
  expect(statuses).toEqual([401, 500, 200, 500, 200]);
});

it('edits and deletes contacts behind the client', async () => {
  const { simulator, find } = setUp();
  simulator.putContact({ id: PHONE, fields: { branch: 'il' } });
  simulator.putContact({ id: PHONE, name: 'Edited' });
  expect(await (await find(PHONE)).json()).toMatchObject({
    phone: PHONE,
    name: 'Edited',
    customFields: { branch: 'il' },
  });
  expect([simulator.removeContact(PHONE), simulator.removeContact(PHONE)]).toEqual([true, false]);
  expect((await find(PHONE)).status).toBe(404);
});

it('hands its state to another simulator', async () => {
  const first = setUp();
  await first.create(PHONE, { branch: 'il' });
  const second = setUp();
  await second.create(OTHER);
  second.simulator.load(JSON.parse(JSON.stringify(first.simulator.dump())));
  expect([...second.simulator.contacts.keys()]).toEqual([PHONE]);
  expect(await (await second.find(PHONE)).json()).toEqual(await (await first.find(PHONE)).json());
  await second.update(PHONE, { branch: 'ru' });
  expect(first.simulator.contacts.get(PHONE)?.fields).toEqual({ branch: 'il' });
});

it('refuses a state of the other contract, or none at all', () => {
  const { simulator } = setUp();
  expect(() => simulator.load({ ...simulator.dump(), contract: 'v1.1' })).toThrow(TypeError);
  simulator.putContact({ id: PHONE });
  expect(() => simulator.load(JSON.parse('{"contract":"plan","contacts":[{"id":7}],"tags":{}}'))).toThrow(
    /contacts, customFields, tags, flows, messages/,
  );
  expect(simulator.contacts.size).toBe(1);
});

it('starts anew on reset', async () => {
  const { simulator, create, send } = setUp();
  await create(PHONE);
  await send('GET', '/customers');
  simulator.failNext({ kind: 'server_error' });
  simulator.reset();
  expect([
    simulator.contacts.size,
    simulator.journal.length,
    simulator.requests.length,
    simulator.violations.length,
  ]).toEqual([0, 0, 0, 0]);
  expect(simulator.counts).toEqual({});
  expect((await create(PHONE)).status).toBeLessThan(300);
});
