import { expect, it } from 'vitest';
import { invoke } from '../test/invoke.ts';

const elsewhere = (database: string) => {
  const url = new URL(process.env.DATABASE_URL ?? '');
  url.pathname = `/${database}`;
  return { CBB_API_KEY: 'k', CBB_API_URL: 'http://127.0.0.1:1/api', DATABASE_URL: url.href };
};

it.each([['failures'], ['doctor'], ['migrate']])(
  "%s --debug shows the driver's own words on a terminal",
  async (name) => {
    const { stderr } = await invoke([name, '--debug'], elsewhere('no_such_database'), true);
    expect(stderr).toContain('cbb: Postgres says: database "no_such_database" does not exist');
    const quiet = await invoke([name], elsewhere('no_such_database'), true);
    expect(quiet.stderr).not.toContain('no_such_database');
  },
);

it("doctor --debug shows Redis' own words", async () => {
  const environment = { ...elsewhere('postgres'), REDIS_URL: 'redis://127.0.0.1:1' };
  const { stderr } = await invoke(['doctor', '--queue=bullmq', '--debug'], environment, true);
  expect(stderr).toContain('cbb: Redis says: connect ECONNREFUSED');
});

it('is refused where a log might keep them', async () => {
  const { code, stderr } = await invoke(['failures', '--debug'], elsewhere('no_such_database'));
  expect(code).toBe(2);
  expect(stderr).toContain('--debug needs a terminal');
  expect(stderr).not.toContain('no_such_database');
});
