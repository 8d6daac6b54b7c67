import { afterEach, describe, expect, it } from 'vitest';
import { createSimulator } from '../simulator/create-simulator.ts';
import type { Simulator } from '../simulator/simulator.ts';
import { callsOf, PHONE } from '../testing/plan-calls.ts';
import { failOnViolations } from './fail-on-violations.ts';

describe('within a runner', () => {
  let simulator: Simulator | undefined;
  failOnViolations({ afterEach }, () => simulator);

  it('passes a test that keeps to the contract', async () => {
    simulator = createSimulator();
    expect((await callsOf(simulator).find(PHONE)).status).toBe(404);
  });

  // `fails` turns the test round: it is green only because the hook turns it red after its body has passed.
  it.fails('fails the test that sends a bad request', async () => {
    simulator = createSimulator();
    await callsOf(simulator).send('POST', '/contacts', { name: 'no phone' });
  });

  it('passes before there is a simulator', () => {
    simulator = undefined;
  });
});

it('throws from the hook alone, with or without a function', async () => {
  const callbacks: (() => void)[] = [];
  const simulator = createSimulator();
  failOnViolations({ afterEach: (callback) => callbacks.push(callback) }, simulator);
  const [hook] = callbacks;
  expect(hook).not.toThrow();
  // A runner takes a callback with parameters for one that waits for `done`.
  expect(hook).toHaveLength(0);
  await callsOf(simulator).send('POST', '/contacts', { name: 'no phone' });
  expect(hook).toThrow(/was broken/);
  simulator.reset();
  expect(hook).not.toThrow();
});
