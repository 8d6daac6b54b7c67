import { setupServer } from 'msw/node';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createSimulator } from '../simulator/create-simulator.ts';
import { PHONE, planCalls } from '../testing/plan-calls.ts';
import { simulatorHandlers } from './index.ts';

const simulator = createSimulator();
const elsewhere = createSimulator();
const server = setupServer(
  ...simulatorHandlers(simulator),
  ...simulatorHandlers(elsewhere, { origin: 'https://cbb.example.test' }),
);
beforeAll(() => server.listen({ onUnhandledFrame: 'error' }));
afterAll(() => server.close());

it('answers where the service stands by default, and where it is told to', async () => {
  expect(
    (await planCalls(fetch, 'https://app.chatgptbuilder.io/api', simulator.apiKey).create(PHONE)).status,
  ).toBeLessThan(300);
  expect((await planCalls(fetch, 'https://cbb.example.test/api', elsewhere.apiKey).find(PHONE)).status).toBe(
    404,
  );
  expect([simulator.contacts.size, elsewhere.contacts.size]).toEqual([1, 0]);
  simulator.assertNoViolations();
  elsewhere.assertNoViolations();
});

it('refuses unknown options', () => {
  expect(() => simulatorHandlers(simulator, JSON.parse('{"baseUrl":"x"}'))).toThrow(/baseUrl/);
});
