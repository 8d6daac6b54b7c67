import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { Pool } from 'pg';
import { afterEach, expect, it } from 'vitest';
import { ensureRateLimitTable } from './index.ts';

const script = fileURLToPath(new URL('../test/asking-process.ts', import.meta.url));
const requestsPerMinute = 2_400;
const grants = 600;

const children: ChildProcess[] = [];
afterEach(async () => {
  for (const child of children.splice(0)) {
    const exited = once(child, 'exit');
    child.kill('SIGKILL');
    await exited;
  }
});

it.each(['redis', 'postgres'] as const)(
  'a machine whose clock is a second behind gets its share, by %s',
  { timeout: 180_000 },
  async (store) => {
    const { REDIS_URL, DATABASE_URL, ...rest } = process.env;
    const pool = new Pool({ connectionString: DATABASE_URL, max: 1 });
    (await ensureRateLimitTable(pool))._unsafeUnwrap();
    await pool.end();
    const env = { ...rest, ...(store === 'redis' ? { REDIS_URL } : { DATABASE_URL }) };
    const shares = [0, 0];
    for (const behindMs of [0, 1_000]) {
      const child = fork(script, [String(requestsPerMinute), String(behindMs)], {
        execArgv: ['--conditions=@visanet/source'],
        env,
      });
      children.push(child);
      await once(child, 'message');
    }
    await new Promise<void>((resolve) => {
      for (const [index, child] of children.entries()) {
        child.on('message', () => {
          shares[index] = (shares[index] ?? 0) + 1;
          if ((shares[0] ?? 0) + (shares[1] ?? 0) === grants) resolve();
        });
        child.send('go');
      }
    });
    const [smaller = 0, larger = 0] = [...shares].sort((a, b) => a - b);
    expect(smaller, JSON.stringify(shares)).toBeGreaterThanOrEqual(larger * 0.9);
  },
);
