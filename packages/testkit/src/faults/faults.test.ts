import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createSimulator } from '../simulator/create-simulator.ts';
import type { Simulator } from '../simulator/simulator.ts';
import { PHONE, planCalls } from '../testing/plan-calls.ts';
import { mswServer, type Transport, transports } from '../testing/transports.ts';
import type { Fault, FaultMoment } from './fault.ts';

describe.each(Object.keys(transports))('faults over %s', (name) => {
  let simulator: Simulator;
  let transport: Transport;
  let calls: ReturnType<typeof planCalls>;

  if (name === 'msw') {
    beforeAll(() => mswServer.listen({ onUnhandledFrame: 'error' }));
    afterAll(() => mswServer.close());
  }
  beforeEach(async () => {
    simulator = createSimulator({ seed: 1 });
    const open = transports[name];
    if (open === undefined) throw new Error('no such transport');
    transport = await open(simulator);
    calls = planCalls(transport.fetch, transport.baseUrl, simulator.apiKey);
    await calls.create(PHONE, { branch: 'il' });
  });
  afterEach(async () => {
    await transport.close();
    simulator.assertNoViolations();
  });

  const updateWith = (fault: Fault) => {
    simulator.failNext(fault, { method: 'PATCH' });
    return calls.update(PHONE, { branch: 'ru' });
  };
  const branch = () => simulator.contacts.get(PHONE)?.fields.branch;
  const lastFault = () => simulator.journal.at(-1);

  it.each<[FaultMoment | undefined, string]>([
    [undefined, 'il'],
    ['before_effect', 'il'],
    ['after_effect', 'ru'],
  ])('fails with 5xx, moment %s', async (moment, expected) => {
    const response = await updateWith({
      kind: 'server_error',
      status: 503,
      ...(moment === undefined ? {} : { moment }),
    });
    expect(response.status).toBe(503);
    expect(branch()).toBe(expected);
    expect(lastFault()).toMatchObject({ status: 503, fault: 'server_error', carriedOut: expected === 'ru' });
    expect((await calls.update(PHONE, {})).status).toBe(200);
  });

  it('fails with 500 unless another status is given', async () => {
    expect((await updateWith({ kind: 'server_error' })).status).toBe(500);
  });

  it.each<[FaultMoment, string]>([
    ['before_effect', 'il'],
    ['after_effect', 'ru'],
  ])('resets the connection, moment %s', async (moment, expected) => {
    await expect(updateWith({ kind: 'connection_reset', moment })).rejects.toThrow(TypeError);
    expect(branch()).toBe(expected);
    expect(lastFault()).toMatchObject({ status: null, fault: 'connection_reset' });
  });

  it.each<[FaultMoment, string]>([
    ['before_effect', 'il'],
    ['after_effect', 'ru'],
  ])('hangs until the caller gives up, moment %s', async (moment, expected) => {
    simulator.failNext({ kind: 'hang', moment }, { method: 'PATCH' });
    const abort = new AbortController();
    const pending = calls.send(
      'PATCH',
      `/contacts/${PHONE}`,
      { customFields: { branch: 'ru' } },
      abort.signal,
    );
    await expect.poll(() => lastFault()?.fault).toBe('hang');
    abort.abort(new Error('given up'));
    await expect(pending).rejects.toThrow();
    expect(branch()).toBe(expected);
  });

  it('tells a rate limit in seconds, as a date, or not at all', async () => {
    const inSeconds = await updateWith({ kind: 'rate_limited', retryAfterMs: 1500 });
    expect([inSeconds.status, inSeconds.headers.get('retry-after')]).toEqual([429, '2']);
    const asDate = (await updateWith({ kind: 'rate_limited', retryAfterMs: 60_000, form: 'date' })).headers;
    const waitMs = Date.parse(asDate.get('retry-after') ?? '') - Date.parse(asDate.get('date') ?? '');
    expect(waitMs).toBeGreaterThanOrEqual(60_000);
    expect(waitMs).toBeLessThanOrEqual(62_000);
    const silent = await updateWith({ kind: 'rate_limited' });
    expect([silent.status, silent.headers.get('retry-after')]).toEqual([429, null]);
    expect(branch()).toBe('il');
  });

  it('truncates the body', async () => {
    const text = await (await updateWith({ kind: 'truncated_body' })).text();
    expect(text.length).toBeGreaterThan(0);
    expect(() => JSON.parse(text)).toThrow(SyntaxError);
    expect(branch()).toBe('ru');
  });

  it('ends the connection in the middle of the body', async () => {
    const body = updateWith({ kind: 'broken_body' }).then((response) => response.text());
    await expect(body).rejects.toThrow();
    expect(branch()).toBe('ru');
  });

  it('sends a page under the label of JSON', async () => {
    const response = await updateWith({ kind: 'not_json' });
    expect(response.headers.get('content-type')).toBe('application/json');
    await expect(response.json()).rejects.toThrow(SyntaxError);
  });

  it('sends JSON under a wrong label', async () => {
    const response = await updateWith({ kind: 'wrong_content_type' });
    expect(response.headers.get('content-type')).toBe('text/html');
    expect(await response.json()).toMatchObject({ id: PHONE });
  });

  it('sends a slow body whole', async () => {
    expect(await (await updateWith({ kind: 'slow_body', durationMs: 8 })).json()).toMatchObject({
      id: PHONE,
    });
  });

  it('delays the work', async () => {
    expect((await updateWith({ kind: 'latency', delayMs: 3 })).status).toBe(200);
    expect(lastFault()).toMatchObject({ fault: 'latency', latencyMs: 3, carriedOut: true });
  });

  it('lets another writer create the contact first', async () => {
    simulator.failNext({ kind: 'duplicate_create' });
    expect((await calls.create('447700900124', { branch: 'ru' }, { name: 'Mine' })).status).toBe(409);
    expect(simulator.contacts.get('447700900124')).toMatchObject({ name: null, fields: {} });
    expect((await updateWith({ kind: 'duplicate_create' })).status).toBe(200);
  });

  it('rejects the key', async () => {
    expect((await updateWith({ kind: 'key_rejected' })).status).toBe(401);
    expect(branch()).toBe('il');
  });
});
