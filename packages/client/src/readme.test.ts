import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, it } from 'vitest';
import { compileFiles } from '../../../tools/compile-files.ts';

const packageFolder = fileURLToPath(new URL('..', import.meta.url));
const folder = join(packageFolder, '.cache', 'readme');
afterAll(() => rm(folder, { recursive: true, force: true }));

/** What a block takes from the text before it. */
const known = `
import type * as cbb from '@visanet/cbb-client';
declare global {
  const { createCbbClient, detectContract, toThrowing }: typeof cbb;
  const apiKey: string;
  const vault: { read(name: string): Promise<{ key: string }> };
  const client: cbb.PlanClient;
  const contacts: cbb.PlanClient['contacts'];
}
`;

it('every block of code in the README compiles', async () => {
  const readme = await readFile(join(packageFolder, 'README.md'), 'utf8');
  const blocks = [...readme.matchAll(/^```ts\n(.*?)^```$/gms)].map(([, code = '']) => code);
  expect(blocks.length).toBeGreaterThan(5);
  const files = blocks.map((code, index) => [`block-${index}.ts`, `${code}\nexport {};\n`] as const);
  expect(await compileFiles(folder, { 'known.ts': known, ...Object.fromEntries(files) })).toBe('');
});
