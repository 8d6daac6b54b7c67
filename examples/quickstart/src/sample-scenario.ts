import { readFile } from 'node:fs/promises';
import type { ContractName } from '@visanet/cbb-testkit';
import * as z from 'zod';
import { receivedAt, type Scenario } from './scenario.ts';

const sampleFile = z.array(z.object({ key: z.string(), payload: z.unknown() }));
const ending = z.strictObject({
  orders: z.record(
    z.string(),
    z.strictObject({ status: z.enum(['synced', 'skipped', 'failed']), phone: z.string().nullable() }),
  ),
  contacts: z.record(
    z.string(),
    z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  ),
});
const expectedFile = z.strictObject({ plan: ending, 'v1.1': ending });

async function readJson(name: string): Promise<unknown> {
  return JSON.parse(await readFile(new URL(`samples/${name}`, import.meta.url), 'utf8'));
}

/** The samples in the order of their file, and what `expected.json`, written by hand, says of them for the contract. */
export async function sampleScenario(contract: ContractName): Promise<Scenario> {
  const samples = sampleFile.parse(await readJson('vizi-samples.json'));
  const { orders, contacts } = expectedFile.parse(await readJson('expected.json'))[contract];
  return {
    deliveries: samples.map(({ payload }, index) => ({ payload, receivedAt: receivedAt(index) })),
    orders,
    contacts,
    hasWhatsApp: () => true,
  };
}
