import { expect, it } from 'vitest';
import { callsOf, PHONE } from '../testing/plan-calls.ts';
import { PRESET_FIELDS } from '../v11/v11-options.ts';
import { createSimulator } from './create-simulator.ts';
import { readOptions } from './simulator-options.ts';

const bad: Readonly<Record<string, unknown>> = {
  contract: 'v2',
  seed: 1.5,
  accountId: '',
  apiKey: '',
  apiKeys: [],
  basePath: 'api/',
  rateLimitPerMinute: 0,
  retryAfterForm: 'minutes',
  writeAnswersHaveWhatsApp: 'yes',
  hasWhatsApp: true,
  faults: [{ fault: { kind: 'hang' }, probability: 2 }],
  clock: 1,
  wallNowMs: 5,
  violationStatus: 404,
  journalLimit: -1,
  customFields: [{ name: 'a', type: 1 }],
  existingPhone: 'merged',
  contentActions: 1,
  unknownContact: 'null',
  errorsInBody: 'no',
  jsonLabel: 'text/plain',
  systemFieldsWritable: null,
  latency: 5,
};

it('lists every bad and every unknown option in one TypeError', () => {
  const create = () => createSimulator({ ...bad });
  expect(create).toThrow(TypeError);
  for (const name of Object.keys(bad)) expect(create).toThrow(new RegExp(`\\b${name} `));
});

it('checks the same at run time', () => {
  const simulator = createSimulator();
  expect(() => simulator.configure(JSON.parse('{"faults":1,"seed":2}'))).toThrow(
    /faults must be .*; seed is not an option/,
  );
});

it('has defaults', () => {
  const { seed, clock, hasWhatsApp, wallNowMs, ...rest } = readOptions({});
  expect(rest).toEqual({
    contract: 'plan',
    accountId: '1000001',
    apiKeys: ['simulator-key'],
    basePath: '/api',
    rateLimitPerMinute: null,
    retryAfterForm: 'seconds',
    writeAnswersHaveWhatsApp: true,
    faults: [],
    violationStatus: 400,
    journalLimit: 100_000,
    customFields: PRESET_FIELDS,
    existingPhone: 'upsert',
    contentActions: true,
    unknownContact: 'empty',
    errorsInBody: true,
    jsonLabel: 'varied',
    systemFieldsWritable: false,
    duplicateFieldNames: false,
    fieldOptionsTold: true,
  });
  expect(Number.isSafeInteger(seed)).toBe(true);
  expect(hasWhatsApp('1')).toBe(true);
  expect(Math.abs(wallNowMs() - Date.now())).toBeLessThan(1000);
  expect(typeof clock.now()).toBe('number');
  expect(readOptions({ contract: 'v1.1', accountId: '77' })).toMatchObject({
    apiKeys: ['77.simulator-key'],
    rateLimitPerMinute: 100,
  });
  expect(readOptions({ contract: 'v1.1', rateLimitPerMinute: null })).toMatchObject({
    rateLimitPerMinute: null,
  });
});

it('draws the same faults for the same seed, about as many as asked for', async () => {
  const run = async (seed: number) => {
    const simulator = createSimulator({
      seed,
      faults: [{ fault: { kind: 'server_error' }, probability: 0.3 }],
    });
    const { find } = callsOf(simulator);
    for (let round = 0; round < 100; round += 1) await find(PHONE);
    return simulator.journal.map((entry) => entry.fault);
  };
  const faults = await run(9);
  const struck = faults.filter((fault) => fault === 'server_error').length;
  expect(struck).toBeGreaterThan(15);
  expect(struck).toBeLessThan(45);
  expect(await run(9)).toEqual(faults);
  expect(await run(10)).not.toEqual(faults);
});

it('takes the key by the word of the client, or several, but not both', async () => {
  const simulator = createSimulator({ apiKey: 'a-key' });
  expect(simulator.apiKey).toBe('a-key');
  expect((await callsOf(simulator).find(PHONE)).status).toBe(404);
  expect(() => createSimulator({ apiKey: 'a', apiKeys: ['b'] })).toThrow(/give one of them/);
});
