import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it, onTestFinished } from 'vitest';

it('leaves what the client of another process sends in the folder that the process was given', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'cbb requests '));
  onTestFinished(() => rm(folder, { recursive: true }));
  const hook = new URL('./record-in-child.ts', import.meta.url);
  hook.searchParams.set('folder', folder);
  const client = new URL('../../packages/client/src/index.ts', import.meta.url);
  const program = `
    import { createCbbClient } from '${client.href}';
    const fetch = async () => new Response('', { status: 404 });
    await createCbbClient({ contract: 'plan', apiKey: 'key', fetch }).contacts.find('447700900123');`;
  const args = ['--conditions=@visanet/source', '--input-type=module', '--eval', program];
  await promisify(execFile)(process.execPath, args, { env: { NODE_OPTIONS: `--import=${hook.href}` } });

  const [file = ''] = await readdir(folder);
  const lines = (await readFile(join(folder, file), 'utf8')).trimEnd().split('\n');
  expect(lines.map((line) => JSON.parse(line))).toEqual([
    {
      contract: 'plan',
      method: 'GET',
      target: '/contacts/447700900123',
      headers: {
        accept: 'application/json',
        authorization: 'Bearer key',
        'user-agent': expect.stringMatching(/^visanet-cbb-client\//),
      },
      body: '',
    },
  ]);
});
