import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { expected } from './demo/samples.ts';

it('shows the function at work until nothing is due', { timeout: 60_000 }, async () => {
  const main = fileURLToPath(new URL('main.ts', import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, ['--conditions=@visanet/source', main], {
    env: { PATH: process.env.PATH, NODE_OPTIONS: process.env.NODE_OPTIONS },
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
  expect(stdout).toMatch(/^[78] requests to the service$/m);
});
