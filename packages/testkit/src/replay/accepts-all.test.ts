import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type PrismServer, startPrism } from '../../../../tools/servers/prism.ts';
import { createSimulator } from '../simulator/create-simulator.ts';
import type { Simulator } from '../simulator/simulator.ts';
import { callsOf, PHONE } from '../testing/plan-calls.ts';
import { setAction, v11Calls } from '../testing/v11-calls.ts';
import { acceptsAll } from './accepts-all.ts';

/** Prism is a program of its own and slow to answer first. */
const START_MS = 60_000;

async function planTraffic(simulator: Simulator) {
  const { create, find, update, check } = callsOf(simulator);
  await create(
    PHONE,
    { visa_country: 'uk', visa_quantity: 1 },
    { name: 'Jane Doe', email: 'jane@example.test' },
  );
  await find(PHONE);
  await update(PHONE, { visa_country: null, urgent: true });
  await check(PHONE);
}

async function v11Traffic(simulator: Simulator) {
  const { get, postJson, postForm, remove } = v11Calls(simulator);
  await get('/accounts/me');
  await get('/accounts/custom_fields');
  await postJson('/accounts/custom_fields', { name: 'colour', type: 0 });
  await get('/accounts/custom_fields/name/colour');
  await get('/accounts/tags');
  const { id } = await postForm('/accounts/tags', { name: 'customer' });
  await get('/accounts/flows');
  await postJson('/contacts', {
    phone: PHONE,
    first_name: 'Jane',
    actions: [setAction('visa_country', 'uk')],
  });
  await get(`/contacts/find_by_custom_field?field_id=phone&value=${PHONE}`);
  await get(`/contacts/${PHONE}`);
  await get(`/contacts/${PHONE}/custom_fields`);
  await get(`/contacts/${PHONE}/custom_fields/100003`);
  await postForm(`/contacts/${PHONE}/custom_fields/100003`, { value: 'a & b' });
  await remove(`/contacts/${PHONE}/custom_fields/100003`);
  await postJson(`/contacts/${PHONE}/tags/${id}`, {});
  await remove(`/contacts/${PHONE}/tags/${id}`);
  await postJson(`/contacts/${PHONE}/send_content`, { messages: [], actions: [setAction('branch', 'il')] });
  await postJson(`/contacts/${PHONE}/send/300001`, {});
  await postJson(`/contacts/${PHONE}/send/text`, { text: 'Hello' });
  await postJson(`/contacts/${PHONE}/send/file`, { url: 'https://files.example.test/a.pdf' });
}

describe.each([
  ['plan', 'cbb-plan.yaml', planTraffic, { authorization: 'Bearer any' }],
  ['v1.1', 'cbb-v1.1.yaml', v11Traffic, { 'x-access-token': '1.any' }],
] as const)(
  'a mock generated from the document of %s',
  { timeout: START_MS },
  (contract, document, traffic, headers) => {
    let prism: PrismServer;
    beforeAll(async () => {
      prism = await startPrism(document);
    }, START_MS);
    afterAll(() => prism.close());

    it('takes what the simulator takes, every operation', async () => {
      const simulator = createSimulator({ contract });
      await traffic(simulator);
      await traffic(simulator);
      simulator.assertNoViolations();
      const report = await acceptsAll(simulator.requests, { baseUrl: prism.baseUrl, headers });
      expect(report).toEqual({ accepted: true, sent: simulator.requests.length / 2, refused: [] });
    });

    it('refuses what the simulator calls a violation', async () => {
      const simulator = createSimulator({ contract });
      const send = (path: string, body: string) =>
        simulator.fetch(`https://x.test/api${path}`, {
          method: 'POST',
          body,
          headers: { 'content-type': 'application/json' },
        });
      await send('/contacts', '{"name":"no phone"}');
      await send('/customers', '{}');
      expect(simulator.violations).toHaveLength(2);
      const report = await acceptsAll(simulator.requests, { baseUrl: prism.baseUrl, headers });
      expect(report.refused.map(({ request, status }) => [request.target, status])).toEqual([
        ['/contacts', expect.any(Number)],
        ['/customers', 404],
      ]);
      expect(report.accepted).toBe(false);
    });
  },
);

it('sends through the fetch it is given, and refuses unknown options', async () => {
  const simulator = createSimulator();
  await planTraffic(simulator);
  const seen: string[] = [];
  const fetch = async (url: string) => {
    seen.push(url);
    return new Response('gone', { status: 410 });
  };
  const report = await acceptsAll(simulator.requests, { baseUrl: 'https://other.test', fetch });
  expect(seen).toContain(`https://other.test/contacts/${PHONE}`);
  expect(report.refused).toHaveLength(4);
  expect(report.refused[0]).toMatchObject({ status: 410, body: 'gone' });
  await expect(acceptsAll([], JSON.parse('{"baseUrl":"","url":1}'))).rejects.toThrow(/url/);
});
