import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { expected } from './demo/samples.ts';

const main = fileURLToPath(new URL('main.ts', import.meta.url));
const env = { PATH: process.env.PATH, NODE_OPTIONS: process.env.NODE_OPTIONS };

it('shows the function at work until nothing is due', { timeout: 60_000 }, async () => {
  const { stdout } = await promisify(execFile)(process.execPath, ['--conditions=@visanet/source', main], {
    env,
  });
  const table = Object.fromEntries(
    stdout
      .split('\n')
      .map((line) => line.split(/\s{2,}/))
      .filter(([orderId]) => orderId !== undefined && orderId in expected.orders),
  );
  expect(table).toEqual(
    Object.fromEntries(Object.entries(expected.orders).map(([orderId, { status }]) => [orderId, status])),
  );
  expect(stdout).toMatch(/^\d\d requests to the service$/m);
});

it('serves the function to the lines that it prints, and ends with 0', { timeout: 60_000 }, async () => {
  const child = spawn(process.execPath, ['--conditions=@visanet/source', main, '--serve'], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
    // A process group of its own, as that of a terminal.
    detached: true,
  });
  const closed = once(child, 'close');
  let output = '';
  const printed = new Promise<void>((resolve) => {
    child.stdout.on('data', (data: Buffer) => {
      output += data.toString();
      if (output.includes('# the contact')) resolve();
    });
  });
  await Promise.race([printed, closed]);
  const value = (name: string) => new RegExp(`${name}=(\\S+)`).exec(output)?.[1] ?? '';
  const paths = [...output.matchAll(/"\$URL(\S+)"/g)].map(([, path]) => `${value('URL')}${path}`);
  const [webhook = '', run = ''] = paths;
  const body = await readFile(new URL('../webhook.json', import.meta.url));

  const stored = await fetch(webhook, {
    method: 'POST',
    headers: { 'x-api-key': value('VIZI_API_KEY') },
    body,
  });
  expect(await stored.json()).toEqual({ orderId: 'CO250901IN1', status: 'queued' });
  const headers = { authorization: `Bearer ${value('CRON_SECRET')}` };
  const ran = await fetch(run, { method: 'POST', headers });
  expect(await ran.json()).toMatchObject({ worked: 1, outcomes: { created: 1 }, ended: 'nothing_due' });

  const group = -(child.pid ?? Number.NaN);
  process.kill(group, 'SIGINT');
  child.kill('SIGINT');
  expect(await closed).toEqual([0, null]);
  expect(() => process.kill(group, 0)).toThrow('ESRCH');
});
