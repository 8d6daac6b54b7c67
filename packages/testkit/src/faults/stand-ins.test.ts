import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createSimulator } from '../simulator/create-simulator.ts';
import type { Simulator } from '../simulator/simulator.ts';
import { PHONE } from '../testing/plan-calls.ts';
import { mswServer, type Transport, transports } from '../testing/transports.ts';
import type { Fault } from './fault.ts';

const OTHER = '447700900124';

describe.each(Object.keys(transports))('in place of the service, over %s', (name) => {
  let simulator: Simulator;
  let transport: Transport;

  if (name === 'msw') {
    beforeAll(() => mswServer.listen({ onUnhandledFrame: 'error' }));
    afterAll(() => mswServer.close());
  }
  beforeEach(async () => {
    simulator = createSimulator({ seed: 1 });
    const open = transports[name];
    if (open === undefined) throw new Error('no such transport');
    transport = await open(simulator);
    simulator.putContact({ id: PHONE });
  });
  afterEach(async () => {
    await transport.close();
    simulator.assertNoViolations();
  });

  const update = () =>
    transport.fetch(`${transport.baseUrl}/contacts/${PHONE}`, {
      method: 'PATCH',
      redirect: 'manual',
      headers: { authorization: `Bearer ${simulator.apiKey}`, 'content-type': 'application/json' },
      body: JSON.stringify({ customFields: { branch: 'ru' } }),
    });
  const updateWith = (fault: Fault) => {
    simulator.failNext(fault);
    return update();
  };
  afterEach(async () => {
    expect(simulator.contacts.get(PHONE)?.fields).toEqual({});
    expect(simulator.journal.at(-1)).toMatchObject({ carriedOut: false });
  });

  it('refuses the connection', async () => {
    await expect(updateWith({ kind: 'connection_refused' })).rejects.toThrow(TypeError);
    expect(simulator.journal.at(-1)?.fault).toBe('connection_refused');
  });

  it('redirects', async () => {
    const elsewhere = await updateWith({ kind: 'redirect' });
    expect([elsewhere.status, elsewhere.headers.get('location')]).toEqual([
      302,
      'https://elsewhere.invalid/',
    ]);
    const moved = await updateWith({ kind: 'redirect', status: 308, location: '/login' });
    expect([moved.status, moved.headers.get('location')]).toEqual([308, '/login']);
  });

  it('shows the page of a firewall', async () => {
    const response = await updateWith({ kind: 'firewall_page' });
    expect([response.status, response.headers.get('content-type')]).toEqual([403, 'text/html']);
    expect(await response.text()).toContain('<html>');
    expect((await updateWith({ kind: 'firewall_page', status: 400 })).status).toBe(400);
  });

  it('asks for an absurd wait', async () => {
    const value = '9'.repeat(400);
    const response = await updateWith({ kind: 'retry_after', value });
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, value]);
    expect((await updateWith({ kind: 'retry_after', value: '-1', status: 429 })).status).toBe(429);
  });

  it('answers what a test made up, once', async () => {
    simulator.respondOnce({ status: 418, body: '{"a":1}', headers: { 'x-request-id': 'r1' } });
    const response = await update();
    expect([
      response.status,
      response.headers.get('content-type'),
      response.headers.get('x-request-id'),
    ]).toEqual([418, 'application/json', 'r1']);
    expect(await response.json()).toEqual({ a: 1 });
    simulator.respondOnce({ status: 200, body: 'hello', contentType: 'text/plain' }, { method: 'PATCH' });
    expect(await (await update()).text()).toBe('hello');
  });
});

describe('a fault of one contact', () => {
  it.each(['plan', 'v1.1'] as const)(
    'strikes what is asked, written or created of it on %s',
    async (contract) => {
      const simulator = createSimulator({
        contract,
        faults: [{ fault: { kind: 'firewall_page' }, target: { contactId: PHONE } }],
      });
      const key: Record<string, string> =
        contract === 'plan'
          ? { authorization: `Bearer ${simulator.apiKey}` }
          : { 'x-access-token': simulator.apiKey };
      const send = async (method: string, path: string, body?: object) => {
        const init = body === undefined ? {} : { body: JSON.stringify(body) };
        const headers = { ...key, 'content-type': 'application/json' };
        return (await simulator.fetch(`https://x.test/api${path}`, { method, headers, ...init })).status;
      };
      const create = (phone: string) =>
        send('POST', '/contacts', contract === 'plan' ? { id: phone, phone, customFields: {} } : { phone });
      expect(await create(PHONE)).toBe(403);
      expect(await send('GET', `/contacts/${PHONE}`)).toBe(403);
      expect(await create(OTHER)).toBeLessThan(300);
      expect(await send('GET', `/contacts/${OTHER}`)).toBe(200);
      if (contract === 'v1.1') {
        const search = '/contacts/find_by_custom_field?field_id=phone&value=';
        expect(await send('GET', search + PHONE)).toBe(403);
        expect(await send('GET', search + OTHER)).toBe(200);
      }
    },
  );

  it('hangs for as long as its rule stands', async () => {
    const simulator = createSimulator();
    simulator.configure({ faults: [{ fault: { kind: 'hang' }, target: { contactId: PHONE } }] });
    const headers = { authorization: `Bearer ${simulator.apiKey}` };
    const ask = (phone: string, signal?: AbortSignal) =>
      simulator.fetch(`https://x.test/api/contacts/${phone}`, { headers, ...(signal ? { signal } : {}) });
    for (let round = 0; round < 3; round += 1) {
      const abort = new AbortController();
      const hanging = ask(PHONE, abort.signal);
      await expect.poll(() => simulator.journal.at(-1)?.fault).toBe('hang');
      expect((await ask(OTHER)).status).toBe(404);
      abort.abort(new Error('given up'));
      await expect(hanging).rejects.toThrow('given up');
    }
    simulator.configure({ faults: [] });
    expect((await ask(PHONE)).status).toBe(404);
  });
});
