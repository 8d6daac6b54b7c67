import { expect, it } from 'vitest';
import { createSimulator } from '../simulator/create-simulator.ts';
import { callsOf, PHONE } from '../testing/plan-calls.ts';
import { mixedFaults } from './mixed-faults.ts';

const kindsOf = (rules: ReturnType<typeof mixedFaults>) => new Set(rules.map(({ fault }) => fault.kind));

it('holds every fault that a client can survive, hangs only if asked for', () => {
  const all = [
    'latency',
    'rate_limited',
    'server_error',
    'connection_reset',
    'truncated_body',
    'broken_body',
    'not_json',
    'wrong_content_type',
    'slow_body',
    'duplicate_create',
  ];
  expect([...kindsOf(mixedFaults())].sort()).toEqual(all.sort());
  expect(kindsOf(mixedFaults({ hangs: true }))).toContain('hang');
});

it('spreads its probability and takes its times', () => {
  const sum = (rules: ReturnType<typeof mixedFaults>) =>
    rules.reduce((total, { probability }) => total + (probability ?? 1), 0);
  expect(sum(mixedFaults())).toBeCloseTo(0.2);
  expect(sum(mixedFaults({ probability: 0.6, hangs: true }))).toBeCloseTo(0.6);
  const faults = mixedFaults({ retryAfterMs: 7, slowMs: 3 }).map(({ fault }) => fault);
  expect(faults).toContainEqual({ kind: 'rate_limited', retryAfterMs: 7, form: 'date' });
  expect(faults).toContainEqual({ kind: 'slow_body', durationMs: 3 });
  expect(() => mixedFaults(JSON.parse('{"chance":1}'))).toThrow(/chance/);
});

it('strikes about as often as it says', async () => {
  const simulator = createSimulator({ seed: 8, faults: mixedFaults({ probability: 0.5, slowMs: 0 }) });
  const { find } = callsOf(simulator);
  for (let round = 0; round < 200; round += 1)
    await find(PHONE)
      .then((response) => response.text())
      .catch(() => null);
  const struck = simulator.journal.filter((entry) => entry.fault !== null).length;
  expect(struck).toBeGreaterThan(55);
  expect(struck).toBeLessThan(115);
  simulator.assertNoViolations();
});
