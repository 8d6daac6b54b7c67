import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runScenario, type Sabotage } from './run-scenario.ts';
import * as sabotages from './sabotage.ts';
import { scenarios } from './scenario.ts';

const schedules = 2_000;

function property(sabotage?: Sabotage) {
  return fc.asyncProperty(fc.scheduler(), scenarios, async (scheduler, scenario) => {
    const played = sabotage?.scenario?.(scenario) ?? scenario;
    expect(await runScenario(played, scheduler, sabotage)).toEqual([]);
  });
}

describe('interleavings', { timeout: 300_000 }, () => {
  it(`end with the newest orders' data in one contact per phone, in ${schedules} schedules`, async () => {
    await fc.assert(property(), { numRuns: schedules });
  });

  it.each(Object.entries(sabotages))('would show it if broken: %s', async (_, sabotage) => {
    const { failed } = await fc.check(property(sabotage), { numRuns: schedules, endOnFailure: true });
    expect(failed).toBe(true);
  });
});
