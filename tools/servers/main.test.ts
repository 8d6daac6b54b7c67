import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, readdir, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

function accepts(url: string): Promise<boolean> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve) => {
    const socket = connect(Number(port), hostname);
    socket.once('connect', () => resolve(true));
    socket.once('error', () => resolve(false));
    socket.once('close', () => resolve(false));
    socket.unref();
  });
}

it('prints the two addresses, and ends both servers when its whole group is stopped, twice', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'cbb-servers-'));
  await chmod(folder, 0o755);
  const child = spawn(process.execPath, [fileURLToPath(new URL('main.ts', import.meta.url))], {
    stdio: ['ignore', 'pipe', 'ignore'],
    detached: true,
    env: { ...process.env, TMPDIR: folder },
  });
  const closed = once(child, 'close');
  let output = '';
  for await (const data of child.stdout) {
    output += String(data);
    if (output.includes('REDIS_URL')) break;
  }
  const urls = ['DATABASE_URL', 'REDIS_URL'].map(
    (name) => new RegExp(`${name}=(\\S+)`).exec(output)?.[1] ?? '',
  );
  expect(urls).toEqual([expect.stringMatching(/^postgresql:/), expect.stringMatching(/^redis:/)]);
  expect(await Promise.all(urls.map(accepts))).toEqual([true, true]);
  // As a bootstrap that forwards what the group has got already.
  process.kill(-(child.pid ?? Number.NaN), 'SIGINT');
  child.kill('SIGINT');
  expect(await closed).toEqual([0, null]);
  expect(await Promise.all(urls.map(accepts))).toEqual([false, false]);
  expect(await readdir(folder)).toEqual([]);
  await rm(folder, { recursive: true });
});
