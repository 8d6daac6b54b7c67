import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { formatResult, toJson } from './format-result.ts';
import { runBench } from './run-bench.ts';

const options = { timeout: 120_000 };

describe('runBench', options, () => {
  it('puts this engine beside the plan and the floor on contract plan', async () => {
    const result = await runBench('plan', { seed: 3, events: 100 });
    expect(result.failures).toEqual([]);
    const [plan, ours] = result.standings;
    const [floor] = result.floors;
    expect(ours?.total).toBe(floor?.total);
    expect(plan?.calls).toMatchObject({ 'new customer': 3 * Number(ours?.calls['new customer']) });
    expect(plan?.calls.edit).toBeUndefined();
    expect(plan?.wrongContacts).toBeGreaterThan(0);
    expect(ours).toMatchObject({ wrongContacts: 0, ratio: 1 });
    expect(ours?.cpuMsPerSyncedOrder).toBeGreaterThan(0);
    expect(formatResult(result)).toContain('All within their limits.');
    expect(toJson(result)).toMatchObject({ contract: 'plan', events: 100, failures: [] });
  });

  it('puts each way to update beside the practice on contract v1.1', async () => {
    const result = await runBench('v1.1', { seed: 3, events: 100 });
    expect(result.failures).toEqual([]);
    expect(result.standings.map(({ name }) => name)).toEqual([
      'practice on v1.1',
      'this engine, v1.1-fields',
      'this engine, v1.1-upsert',
      'this engine, v1.1-actions',
    ]);
    for (const { calls } of result.standings) expect(calls['set-up']).toBe(1);
  });
});

describe('main', options, () => {
  it('prints one JSON array with --json, and exits with 0', async () => {
    const { exitCode, stdout } = await runMain('--contract=plan', '--events=100', '--json');
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject([{ contract: 'plan', events: 100, failures: [] }]);
  });

  it('exits with 2 on a wrong option', async () => {
    expect(await runMain('--contrakt=plan')).toMatchObject({ exitCode: 2, stdout: '' });
  });
});

function runMain(...argv: readonly string[]): Promise<{ exitCode: number | null; stdout: string }> {
  const main = fileURLToPath(new URL('main.ts', import.meta.url));
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      ['--conditions=@visanet/source', main, ...argv],
      (_error, stdout) => resolve({ exitCode: child.exitCode, stdout }),
    );
  });
}
