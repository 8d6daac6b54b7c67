import { expect, it } from 'vitest';
import { start } from '../test/invoke.ts';

async function simulate(flags: readonly string[]) {
  const running = start(['simulate', '--json', ...flags]);
  await expect.poll(running.stdout).toContain('\n');
  const { url, apiKey } = JSON.parse(running.stdout());
  return { running, url: String(url), apiKey: String(apiKey) };
}

async function stop({ running }: Awaited<ReturnType<typeof simulate>>) {
  running.stop();
  expect(await running.ended).toMatchObject({ code: 0 });
}

it('serves contract plan with a made-up key until it is stopped', async () => {
  const served = await simulate(['--contract=plan']);
  const answer = await fetch(`${served.url}/contacts/447700900123`, {
    headers: { authorization: `Bearer ${served.apiKey}` },
  });
  expect(answer.status).toBe(404);
  await stop(served);
  await expect(fetch(served.url)).rejects.toThrow();
});

it('speaks v1.1 with a limit, takes a key, and is steered from outside', async () => {
  const served = await simulate(['--admin', '--api-key=1.key', '--rate-limit=1', '--seed=7']);
  expect(JSON.parse(served.running.stdout())).toMatchObject({ contract: 'v1.1', seed: 7, apiKey: null });
  const ask = async () =>
    (await fetch(`${served.url}/accounts/me`, { headers: { 'x-access-token': '1.key' } })).text();
  expect(await ask()).toContain('page_id');
  expect(await ask()).toContain('exceeded the limit of 1 requests');
  const counts = await fetch(new URL('/__simulator/journal/counts', served.url));
  expect(await counts.json()).toEqual({ getAccount: 2 });
  await stop(served);
});

it('brings faults and latency', async () => {
  const served = await simulate(['--contract=plan', '--faults=1', '--hangs', '--latency=120', '--seed=3']);
  const startedAt = performance.now();
  const statuses: (number | 'broken')[] = [];
  for (let asked = 0; asked < 12; asked += 1) {
    const answer = fetch(`${served.url}/contacts/447700900123`, {
      headers: { authorization: `Bearer ${served.apiKey}` },
      signal: AbortSignal.timeout(2_000),
    });
    statuses.push(
      await answer.then(
        ({ status }) => status,
        () => 'broken' as const,
      ),
    );
  }
  expect(new Set(statuses).size).toBeGreaterThan(1);
  expect(performance.now() - startedAt).toBeGreaterThan(100);
  await stop(served);
});

it('ends with code 1 where its port is taken', async () => {
  const served = await simulate([]);
  const second = start(['simulate', '--json', `--port=${new URL(served.url).port}`]);
  expect(await second.ended).toMatchObject({ code: 1 });
  expect(JSON.parse(second.stdout())).toMatchObject({ error: { kind: 'port_unavailable' } });
  await stop(served);
});
