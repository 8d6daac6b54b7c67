import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const run = async (name: string) => {
  const file = fileURLToPath(new URL(`../examples/${name}.ts`, import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, ['--conditions=@visanet/source', file]);
  return stdout;
};

it('the example of a proxy sends by its tunnel', async () => {
  expect((await run('proxy')).trim().split('\n')).toEqual(['the proxy was asked for a tunnel', 'Jane Roe']);
});

it('the first example updates at its second request', async () => {
  expect(await run('contact')).toMatch(/updateContact #1: 503\nupdateContact #2: 200[\s\S]*visa_type/);
});
