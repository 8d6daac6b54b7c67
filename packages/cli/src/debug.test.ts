import { describe, expect, it } from 'vitest';
import { useCommands } from '../test/command-bench.ts';
import { invoke } from '../test/invoke.ts';

const elsewhere = (database: string) => {
  const url = new URL(process.env.DATABASE_URL ?? '');
  url.pathname = `/${database}`;
  return { CBB_API_KEY: 'k', CBB_API_URL: 'http://127.0.0.1:1/api', DATABASE_URL: url.href };
};

it.each([['failures'], ['doctor'], ['migrate'], ['sweep'], ['worker'], ['worker --queue=pg-boss']])(
  "%s --debug shows the driver's own words on a terminal",
  async (line) => {
    const { stderr } = await invoke([...line.split(' '), '--debug'], elsewhere('no_such_database'), true);
    expect(stderr).toContain('cbb: Postgres says: database "no_such_database" does not exist');
    const quiet = await invoke(line.split(' '), elsewhere('no_such_database'), true);
    expect(quiet.stderr).not.toContain('no_such_database');
  },
);

it("doctor --debug shows Redis' own words", async () => {
  const environment = { ...elsewhere('postgres'), REDIS_URL: 'redis://127.0.0.1:1' };
  const { stderr } = await invoke(['doctor', '--queue=bullmq', '--debug'], environment, true);
  expect(stderr).toContain('cbb: Redis says: connect ECONNREFUSED');
});

describe('a worker', () => {
  const bench = useCommands({ migrated: true });
  const away = { REDIS_URL: 'redis://127.0.0.1:1' };

  it.each([
    ['of its queue', 'worker --queue=bullmq', {}],
    ['of the request limit', 'sweep --budget=3s', { CBB_API_RATE_LIMIT: '60' }],
  ])("shows Redis' own words %s, each once, and never in its log", async (_, line, more) => {
    await bench.host.insert();
    const shown = await bench.cbb(`${line} --debug`, { ...away, ...more }, true);
    expect(shown.stderr.match(/^cbb: Redis says: connect ECONNREFUSED 127\.0\.0\.1:1$/gm)).toHaveLength(1);
    expect(shown.stderr.match(/127\.0\.0\.1:1/g)).toHaveLength(1);
    const quiet = await bench.cbb(line, { ...away, ...more }, true);
    expect(quiet.stderr).not.toContain('127.0.0.1:1');
  });
});

it('is refused where a log might keep them', async () => {
  const { code, stderr } = await invoke(['failures', '--debug'], elsewhere('no_such_database'));
  expect(code).toBe(2);
  expect(stderr).toContain('--debug needs a terminal');
  expect(stderr).not.toContain('no_such_database');
});
