import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { compare } from './compare.ts';
import { generatedScenario } from './generated-scenario.ts';
import { sampleScenario } from './sample-scenario.ts';
import { syncScenario } from './sync-scenario.ts';
import { totalsOf } from './totals.ts';

const options = { faults: false, seed: 1, onProgress: () => {} };

interface Ended {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function runMain(...argv: readonly string[]): Promise<Ended> {
  const main = fileURLToPath(new URL('main.ts', import.meta.url));
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      ['--conditions=@visanet/source', main, ...argv],
      (_error, stdout, stderr) => resolve({ exitCode: child.exitCode, stdout, stderr }),
    );
  });
}

// Contract plan is told by two requests. On v1.1 an order without alerts is a contact too; each contact is looked up, created and read back; at the start
// the account, which tells the contract, and its fields are asked for, and the fields once more by the first write.
const sampleTotals = {
  plan: { synced: 8, skipped: 2, contacts: 7, requests: 7 + 2 },
  'v1.1': { synced: 9, skipped: 1, contacts: 8, requests: 3 * 8 + 3 },
};

describe.each(['plan', 'v1.1'] as const)('quickstart on contract %s', { timeout: 120_000 }, (contract) => {
  it('brings the samples to where expected.json says, with the fewest requests', async () => {
    const scenario = await sampleScenario(contract);
    const result = await syncScenario(scenario, { ...options, contract });
    expect(compare(scenario, result)).toEqual([]);
    expect(totalsOf(result)).toMatchObject({
      orders: 11,
      no_whatsapp: 0,
      failed: 1,
      ...sampleTotals[contract],
    });
  });

  it('brings generated orders to where they must end', async () => {
    const scenario = generatedScenario(200, 5, contract);
    const result = await syncScenario(scenario, { ...options, contract, seed: 5 });
    expect(compare(scenario, result)).toEqual([]);
  });

  it('gets there in spite of faults', async () => {
    const scenario = generatedScenario(60, 7, contract);
    const result = await syncScenario(scenario, { ...options, contract, seed: 7, faults: true });
    expect(compare(scenario, result)).toEqual([]);
    expect(result.requests).toBeGreaterThan(result.contacts.size);
  });
});

describe('scenario and comparison', { timeout: 60_000 }, () => {
  it('generates the same orders for a seed, with every status and several spellings of a phone', () => {
    const scenario = generatedScenario(300, 2, 'plan');
    expect(generatedScenario(300, 2, 'plan')).toEqual({ ...scenario, hasWhatsApp: expect.any(Function) });
    expect(generatedScenario(300, 3, 'plan').orders).not.toEqual(scenario.orders);
    const statuses = new Set(Object.values(scenario.orders).map(({ status }) => status));
    expect(statuses).toEqual(new Set(['synced', 'no_whatsapp', 'skipped', 'failed']));
  });

  it('tells every difference, without a phone', async () => {
    const scenario = await sampleScenario('plan');
    const result = await syncScenario(scenario, { ...options, contract: 'plan' });
    const [phone] = Object.keys(scenario.contacts);
    const changed = {
      ...scenario,
      orders: {
        ...scenario.orders,
        IL250820MA3: { status: 'failed', phone: null },
        X1: { status: 'synced', phone: null },
      },
      contacts: { ...scenario.contacts, [`${phone}`]: { order_id: 'other' }, '1': {} },
    } as const;
    const { '79000000108': _contact, ...contacts } = changed.contacts;
    const differences = compare({ ...changed, contacts }, result);
    expect(differences).toEqual([
      'order IL250820MA3: synced, not failed',
      'order IL250820MA3: stored with another phone',
      'order X1: missing',
      'contact of : missing',
      'contact of IL250819IN1, IL250825LK4: order_id differs',
      '1 contacts are not expected',
    ]);
  });
});

describe('main', { timeout: 60_000 }, () => {
  it('prints exactly one JSON object with --json', async () => {
    const { exitCode, stdout } = await runMain('--', '--json');
    expect(exitCode).toBe(0);
    expect(Object.keys(JSON.parse(stdout))).toEqual([
      'orders',
      'synced',
      'no_whatsapp',
      'skipped',
      'failed',
      'contacts',
      'requests',
      'durationMs',
    ]);
  });

  it('takes another contract by one option', async () => {
    const { exitCode, stdout } = await runMain('--contract=plan', '--orders=20');
    expect(exitCode).toBe(0);
    expect(stdout).toContain('All as expected.');
  });

  it('prints a table with masked phones otherwise', async () => {
    const { exitCode, stdout, stderr } = await runMain();
    expect(exitCode).toBe(0);
    expect(stderr).toBe('');
    expect(stdout).toContain('972500***101');
    expect(stdout).toMatch(/^IL250825LK4 +synced +together with another order/m);
    expect(stdout).not.toContain('972500000101');
    expect(stdout).toContain('11 orders: 9 synced, 0 without WhatsApp, 1 skipped, 1 failed');
  });

  it('says how it is used when asked', async () => {
    const { exitCode, stdout, stderr } = await runMain('--help');
    expect([exitCode, stderr]).toEqual([0, '']);
    expect(stdout).toContain('--orders=1..5000');
  });

  it('says how it is used and exits with 2 on an unknown option', async () => {
    const { exitCode, stdout, stderr } = await runMain('--order=3');
    expect(exitCode).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toContain("Unknown option '--order'");
    expect(stderr).toContain('--orders=1..5000');
  });
});
