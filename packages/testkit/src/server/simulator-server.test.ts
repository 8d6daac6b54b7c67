import { once } from 'node:events';
import { connect } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { createSimulator } from '../simulator/create-simulator.ts';
import type { SimulatorOptions } from '../simulator/simulator-options.ts';
import { PHONE, planCalls } from '../testing/plan-calls.ts';
import {
  type SimulatorServer,
  type SimulatorServerOptions,
  startSimulatorServer,
} from './start-simulator-server.ts';

let server: SimulatorServer | undefined;
afterEach(() => server?.close());

async function setUp(options: SimulatorServerOptions = {}, simulatorOptions: SimulatorOptions = {}) {
  const simulator = createSimulator({ seed: 2, ...simulatorOptions });
  const started = await startSimulatorServer(simulator, options);
  server = started;
  return { simulator, server: started, ...planCalls(fetch, started.url, simulator.apiKey) };
}

it('listens on the loopback address and serves the base path', async () => {
  const { simulator, server, create, find } = await setUp({}, { basePath: '/v2' });
  expect(server.url).toBe(`http://127.0.0.1:${server.port}/v2`);
  await create(PHONE, { name: 'נועה' });
  expect(await (await find(PHONE)).json()).toMatchObject({ id: PHONE, customFields: { name: 'נועה' } });
  simulator.assertNoViolations();
});

it('takes host and port, and rejects a port that is taken', async () => {
  const { server } = await setUp({ host: 'localhost' });
  expect(server.origin).toBe(`http://localhost:${server.port}`);
  await expect(
    startSimulatorServer(createSimulator(), { host: 'localhost', port: server.port }),
  ).rejects.toThrow(/EADDRINUSE/);
});

it('refuses unknown options', async () => {
  await expect(startSimulatorServer(createSimulator(), JSON.parse('{"prot":1}'))).rejects.toThrow(/prot/);
});

it('resets the connection on the socket', async () => {
  const { simulator, find } = await setUp();
  simulator.failNext({ kind: 'connection_reset' });
  await expect(find(PHONE)).rejects.toMatchObject({ cause: { code: 'ECONNRESET' } });
});

it('closes for good while requests hang, bodies drip and sockets idle', async () => {
  const { simulator, server, find } = await setUp();
  await find(PHONE);
  const idle = connect(server.port, '127.0.0.1');
  await once(idle, 'connect');
  simulator.failNext({ kind: 'hang' });
  const hanging = find(PHONE);
  simulator.failNext({ kind: 'slow_body', durationMs: 60_000 }, { operationId: 'findContact' });
  await expect.poll(() => simulator.journal.at(-1)?.fault).toBe('hang');
  const dripping = find(PHONE).then((response) => response.text());
  const failed = Promise.allSettled([hanging, dripping]);
  await expect.poll(() => simulator.journal.length).toBe(3);
  const idleClosed = once(idle, 'close');
  await server.close();
  await idleClosed;
  expect((await failed).map((result) => result.status)).toEqual(['rejected', 'rejected']);
  await expect(find(PHONE)).rejects.toThrow();
  await server.close();
});

it('lets another process read and steer it, where allowed', async () => {
  const { simulator, server, create, send } = await setUp({ admin: true });
  const admin = (method: string, path: string, body?: unknown) =>
    fetch(`${server.origin}/__simulator/${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  await create(PHONE, { branch: 'il' });
  await send('GET', '/customers');
  const state = await (await admin('GET', 'state')).json();
  expect(state).toEqual(JSON.parse(JSON.stringify(simulator.dump())));
  expect(await (await admin('GET', 'journal/counts')).json()).toEqual({ createContact: 1, unknown: 1 });
  expect(await (await admin('GET', 'violations')).json()).toHaveLength(1);

  expect((await admin('PATCH', 'config', { rateLimitPerMinute: 1 })).status).toBe(200);
  expect([
    (await send('GET', `/contacts/${PHONE}`)).status,
    (await send('GET', `/contacts/${PHONE}`)).status,
  ]).toEqual([200, 429]);
  const refused = await admin('PATCH', 'config', { seed: 1 });
  expect([refused.status, await refused.json()]).toEqual([
    400,
    { error: expect.stringContaining('seed is not an option') },
  ]);

  expect((await admin('POST', 'reset')).status).toBe(200);
  expect(simulator.contacts.size).toBe(0);
  expect((await admin('PUT', 'state', state)).status).toBe(200);
  expect(simulator.contacts.get(PHONE)?.fields).toEqual({ branch: 'il' });
  expect((await admin('PUT', 'state', {})).status).toBe(400);
  expect((await admin('GET', 'other')).status).toBe(404);
});

it('is closed to that otherwise', async () => {
  const { simulator, server } = await setUp();
  expect((await fetch(`${server.origin}/__simulator/state`)).status).toBe(400);
  expect(simulator.violations).toHaveLength(1);
});

it('refuses connections for as long as it is told to', async () => {
  const { server, send } = await setUp();
  await server.refuseConnections();
  await expect(send('GET', `/contacts/${PHONE}`)).rejects.toMatchObject({ cause: { code: 'ECONNREFUSED' } });
  await server.acceptConnections();
  await server.acceptConnections();
  expect((await send('GET', `/contacts/${PHONE}`)).status).toBe(404);
});
