import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { createSimulator, type SimulatorServer, startSimulatorServer } from '@visanet/cbb-testkit';
import { Pool } from 'pg';
import { afterEach, describe, expect, it } from 'vitest';
import { ensureRateLimitTable } from './index.ts';

/** The service's minute passes in this part of ours: 100 requests in 7.5 seconds. */
const speed = 8;
const serviceLimit = 100;
// Far enough below it for a machine that delivers late and then all at once; far above it times four.
const ourLimit = 75;
// More together than one minute of the service holds.
const requestsEach = 26;
const script = fileURLToPath(new URL('../test/limited-process.ts', import.meta.url));

function startService() {
  return createSimulator({
    contract: 'v1.1',
    rateLimitPerMinute: serviceLimit,
    clock: {
      now: () => performance.now() * speed,
      schedule(delayMs, callback) {
        const timer = setTimeout(callback, delayMs / speed);
        return () => clearTimeout(timer);
      },
    },
  });
}

let server: SimulatorServer | undefined;
afterEach(() => server?.close());

async function runProcess(args: readonly string[], environment: NodeJS.ProcessEnv): Promise<unknown> {
  const child = fork(script, [...args], { execArgv: ['--conditions=@visanet/source'], env: environment });
  const exited = once(child, 'exit');
  const [outcomes] = await Promise.race([once(child, 'message'), exited]);
  await exited;
  return outcomes;
}

/** Most arrivals in any minute of the service. */
function busiestMinute(arrivals: readonly number[]): number {
  return Math.max(
    ...arrivals.map((start) => arrivals.filter((at) => at >= start && at < start + 60_000).length),
  );
}

describe('four processes', { timeout: 120_000 }, () => {
  it.each(['redis', 'postgres'] as const)(
    'stay under the limit of the service together, by %s',
    async (store) => {
      const { REDIS_URL, DATABASE_URL, ...rest } = process.env;
      const pool = new Pool({ connectionString: DATABASE_URL, max: 1 });
      (await ensureRateLimitTable(pool))._unsafeUnwrap();
      await pool.end();
      const simulator = startService();
      server = await startSimulatorServer(simulator);
      const args = [server.url, simulator.apiKey, String(ourLimit * speed), String(requestsEach)];
      const environment = { ...rest, ...(store === 'redis' ? { REDIS_URL } : { DATABASE_URL }) };
      const outcomes = await Promise.all(Array.from({ length: 4 }, () => runProcess(args, environment)));

      expect(outcomes.flat()).toEqual(Array.from({ length: 4 * requestsEach }, () => 'answered'));
      // The service would have refused by text.
      expect(simulator.journal.every(({ carriedOut }) => carriedOut)).toBe(true);
      const arrivals = simulator.journal.map(({ atMs }) => atMs);
      expect(busiestMinute(arrivals)).toBeLessThanOrEqual(serviceLimit);
    },
  );
});
