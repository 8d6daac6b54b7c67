import { readFile } from 'node:fs/promises';
import * as z from 'zod';
import { receivedAt, type Scenario } from './scenario.ts';

const sampleFile = z.array(z.object({ key: z.string(), payload: z.unknown() }));
const expectedFile = z.strictObject({
  orders: z.record(
    z.string(),
    z.strictObject({ status: z.enum(['synced', 'skipped', 'failed']), phone: z.string().nullable() }),
  ),
  contacts: z.record(z.string(), z.record(z.string(), z.union([z.string(), z.number(), z.null()]))),
});

async function readJson(name: string): Promise<unknown> {
  return JSON.parse(await readFile(new URL(`samples/${name}`, import.meta.url), 'utf8'));
}

/** The samples in the order of their file, and what `expected.json`, written by hand, says of them. */
export async function sampleScenario(): Promise<Scenario> {
  const samples = sampleFile.parse(await readJson('vizi-samples.json'));
  const { orders, contacts } = expectedFile.parse(await readJson('expected.json'));
  return {
    deliveries: samples.map(({ payload }, index) => ({ payload, receivedAt: receivedAt(index) })),
    orders,
    contacts,
    hasWhatsApp: () => true,
  };
}
