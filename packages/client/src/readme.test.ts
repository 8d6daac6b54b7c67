import { execFile } from 'node:child_process';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, expect, it } from 'vitest';

const packageFolder = fileURLToPath(new URL('..', import.meta.url));
const folder = join(packageFolder, '.cache', 'readme');
const compiler = join(
  dirname(fileURLToPath(import.meta.resolve('typescript-native/package.json'))),
  'bin/tsc',
);
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
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'known.ts'), known);
  await Promise.all(
    blocks.map((code, index) => writeFile(join(folder, `block-${index}.ts`), `${code}\nexport {};\n`)),
  );
  const compilerOptions = { noEmit: true, noUnusedLocals: false, noUnusedParameters: false };
  const project = { extends: '../../tsconfig.json', compilerOptions, include: ['.'] };
  await writeFile(join(folder, 'tsconfig.json'), JSON.stringify(project));
  const compiled = await promisify(execFile)(process.execPath, [compiler, '-p', folder]).catch(
    ({ stdout }) => ({ stdout }),
  );
  expect(compiled.stdout).toBe('');
});
