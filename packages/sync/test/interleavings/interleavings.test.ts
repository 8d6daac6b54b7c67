import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Occurrences } from './occurrences.ts';
import { runScenario, type Sabotage } from './run-scenario.ts';
import * as sabotages from './sabotage.ts';
import { scenarios } from './scenario.ts';

/** By hand: more of them, or those of an earlier run. CONTRIBUTING.md says how. */
const { CBB_SCHEDULES: wanted = '2000', CBB_SEED: seed } = process.env;
const schedules = Number(wanted);
const chosen = { numRuns: schedules, ...(seed === undefined ? {} : { seed: Number(seed) }) };

function property(occurrences: Occurrences, sabotage?: Sabotage) {
  return fc.asyncProperty(fc.scheduler(), scenarios, async (scheduler, scenario) => {
    const played = sabotage?.scenario?.(scenario) ?? scenario;
    expect(await runScenario(played, scheduler, sabotage, occurrences)).toEqual([]);
  });
}

describe('interleavings', { timeout: 300_000 + 50 * schedules }, () => {
  it(`end with the newest orders' data in one contact per phone, in ${schedules} schedules`, async () => {
    const occurrences = new Occurrences();
    await fc.assert(property(occurrences), chosen);
    const missing = [...occurrences.counts].filter(([, count]) => count === 0);
    expect(missing, 'what no schedule made happen').toEqual([]);
  });

  it.each(Object.entries(sabotages))('would show it if broken: %s', async (_, sabotage) => {
    const { failed } = await fc.check(property(new Occurrences(), sabotage), {
      numRuns: 2_000,
      endOnFailure: true,
    });
    expect(failed).toBe(true);
  });
});
