import { expect, it } from 'vitest';
import { createSimulator } from '../simulator/create-simulator.ts';
import type { SimulatorOptions } from '../simulator/simulator-options.ts';
import { createManualClock } from '../testing/manual-clock.ts';
import { callsOf, PHONE } from '../testing/plan-calls.ts';

function setUp(options: SimulatorOptions = {}) {
  const simulator = createSimulator({ seed: 5, ...options });
  return { simulator, ...callsOf(simulator) };
}

it('creates a contact, finds it, and answers a second create with a conflict', async () => {
  const { simulator, create, find } = setUp();
  const created = await create(
    PHONE,
    { visa_country: 'uk' },
    { name: 'John Doe', email: 'john@example.com' },
  );
  expect([200, 201]).toContain(created.status);
  const contact = await (await find(PHONE)).json();
  expect(contact).toEqual(await created.json());
  expect(contact).toMatchObject({
    id: PHONE,
    phone: PHONE,
    name: 'John Doe',
    email: 'john@example.com',
    hasWhatsApp: true,
  });
  expect((await create(PHONE)).status).toBe(409);
  expect(simulator.contacts.get(PHONE)?.fields).toEqual({ visa_country: 'uk' });
  simulator.assertNoViolations();
});

it('merges an update and clears what is null', async () => {
  const clock = createManualClock();
  const { simulator, create, update } = setUp({ clock, wallNowMs: clock.wallNowMs });
  await create(PHONE, { visa_country: 'uk', visa_quantity: 1, urgent: false });
  await clock.advance(5000);
  const answer = await (await update(PHONE, { visa_quantity: 2, visa_country: null, branch: 'il' })).json();
  expect(answer.customFields).toEqual({ visa_quantity: 2, urgent: false, branch: 'il' });
  expect(answer).toMatchObject({
    createdAt: '2025-08-20T10:00:00.000Z',
    updatedAt: '2025-08-20T10:00:05.000Z',
  });
  simulator.assertNoViolations();
});

it('knows nothing of a contact that was not created', async () => {
  const { simulator, find, update, check } = setUp();
  const statuses = [await find(PHONE), await update(PHONE, { branch: 'il' }), await check(PHONE)].map(
    ({ status }) => status,
  );
  expect(statuses).toEqual([404, 404, 404]);
  expect(simulator.contacts.size).toBe(0);
  simulator.assertNoViolations();
});

it('refuses phones that cannot be one, and an id that is not the phone', async () => {
  const { simulator, create } = setUp();
  const answers = [
    await create('12345'),
    await create('1234567890123456'),
    await create(PHONE, {}, { phone: '447700900124' }),
  ];
  for (const { status } of answers) expect([400, 422]).toContain(status);
  expect(simulator.contacts.size).toBe(0);
  simulator.assertNoViolations();
});

it('says which phones have WhatsApp', async () => {
  const { create, check } = setUp({ hasWhatsApp: (phone) => phone !== PHONE });
  expect(await (await create(PHONE)).json()).toMatchObject({ hasWhatsApp: false });
  await create('447700900124');
  expect(await (await check(PHONE)).json()).toEqual({ hasWhatsApp: false });
  expect(await (await check('447700900124')).json()).toEqual({ hasWhatsApp: true });
});

it('leaves WhatsApp out of the answers to writes where told to', async () => {
  const { create, update, find } = setUp({ writeAnswersHaveWhatsApp: false });
  expect(await (await create(PHONE)).json()).not.toHaveProperty('hasWhatsApp');
  expect(await (await update(PHONE, {})).json()).not.toHaveProperty('hasWhatsApp');
  expect(await (await find(PHONE)).json()).toHaveProperty('hasWhatsApp');
});

it('tells errors in every shape of the contract, the same ones for the same seed', async () => {
  const shapes = async (seed: number) => {
    const { simulator, find } = setUp({ seed });
    const seen: string[] = [];
    for (let round = 0; round < 60; round += 1) {
      const response = await find(PHONE);
      seen.push(`${response.headers.get('content-type')} ${await response.text()}`);
    }
    simulator.assertNoViolations();
    return seen;
  };
  const seen = await shapes(3);
  expect(new Set(seen).size).toBe(7);
  expect(await shapes(3)).toEqual(seen);
  expect(await shapes(4)).not.toEqual(seen);
});

it('takes the given keys alone, and names an account', async () => {
  const { simulator } = setUp({ apiKeys: ['first', 'second'], accountId: '77' });
  const statusOf = async (authorization: string | null) => {
    const response = await simulator.fetch(`https://x.test/api/contacts/${PHONE}`, {
      headers: authorization === null ? {} : { authorization },
    });
    return response.status;
  };
  expect(
    await Promise.all(['Bearer first', 'Bearer second', 'Bearer third', 'Basic first', null].map(statusOf)),
  ).toEqual([404, 404, 401, 401, 401]);
  expect(simulator.apiKey).toBe('first');
});

it('stands below the base path it is given', async () => {
  const { simulator } = setUp({ basePath: '/other/v2' });
  const headers = { authorization: `Bearer ${simulator.apiKey}` };
  expect((await simulator.fetch(`https://x.test/other/v2/contacts/${PHONE}`, { headers })).status).toBe(404);
  simulator.assertNoViolations();
  expect((await simulator.fetch(`https://x.test/api/contacts/${PHONE}`, { headers })).status).toBe(400);
  expect(simulator.violations).toHaveLength(1);
});
