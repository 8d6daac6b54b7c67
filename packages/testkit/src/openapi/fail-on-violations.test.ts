import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
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

it('sees what a reset swept away before it, once, and is not troubled by one after it', async () => {
  const callbacks: (() => void)[] = [];
  const simulator = createSimulator();
  failOnViolations({ afterEach: (callback) => callbacks.push(callback) }, simulator);
  const [hook] = callbacks;
  for (let test = 0; test < 2; test += 1) {
    await callsOf(simulator).send('POST', '/contacts', { name: 'no phone' });
    simulator.reset();
    await callsOf(simulator).send('GET', '/customers');
    expect(hook).toThrow(/POST[\s\S]*unknown path/);
    if (test === 0) simulator.reset();
    expect(hook).not.toThrow();
  }
  expect(simulator.violations).toHaveLength(1);
});

it('works under node:test', async () => {
  const index = new URL('../index.ts', import.meta.url).href;
  const script = `
    import { afterEach, test } from 'node:test';
    import { createSimulator, failOnViolations } from ${JSON.stringify(index)};
    const simulator = createSimulator();
    const headers = { authorization: 'Bearer ' + simulator.apiKey };
    afterEach(() => simulator.reset());
    failOnViolations({ afterEach }, simulator);
    for (const [name, path] of [['good', '/contacts/447700900123'], ['bad', '/customers']])
      test(name, async () => void (await simulator.fetch('https://x.test/api' + path, { headers })));
  `;
  // A test runner within a test runner reports to its parent, unless it is told that it has none.
  const { NODE_TEST_CONTEXT: _, ...env } = process.env;
  const flags = [
    '--conditions=@visanet/source',
    '--test-reporter=tap',
    '--input-type=module',
    '--eval',
    script,
  ];
  const told = await promisify(execFile)(process.execPath, flags, { env }).catch((failed: unknown) => failed);
  const { stdout } = Object(told);
  expect(stdout).toMatch(/^ok 1 - good$/m);
  expect(stdout).toMatch(/^not ok 2 - bad$/m);
  expect(stdout).toContain('was broken');
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
