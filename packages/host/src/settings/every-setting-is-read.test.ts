import { createSimulator, startSimulatorServer } from '@visanet/cbb-testkit';
import { expect, it } from 'vitest';
import { openOrdersDatabase } from '../../test/orders-database.ts';
import { composeSync } from '../compose/compose-sync.ts';
import { readSettings } from '../compose/read-settings.ts';
import { createClosing } from '../parts/closing.ts';
import { openPool } from '../parts/pool.ts';

/** Notes the path of every value that is read. */
function noting<T extends object>(target: T, read: Set<string>, path = ''): T {
  return new Proxy(target, {
    get(object, key, receiver) {
      const value: unknown = Reflect.get(object, key, receiver);
      const at = `${path}${String(key)}`;
      if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
        return noting(value, read, `${at}.`);
      }
      read.add(at);
      return value;
    },
  });
}

function pathsOf(value: object, path = ''): string[] {
  return Object.entries(value).flatMap(([key, inner]: [string, unknown]) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? pathsOf(inner, `${path}${key}.`)
      : [`${path}${key}`],
  );
}

it('reads every setting while an order is synced on both contracts', async () => {
  const database = await openOrdersDatabase();
  const read = new Set<string>();
  const every = new Set<string>();
  for (const contract of ['plan', 'v1.1'] as const) {
    const simulator = createSimulator({ contract, seed: 1, hasWhatsApp: () => true });
    const server = await startSimulatorServer(simulator);
    const environment = {
      CBB_API_URL: server.url,
      CBB_API_KEY: simulator.apiKey,
      CBB_HASH_SECRET: 'a secret of some length',
      DATABASE_URL: database.url,
      DATABASE_DIRECT_URL: database.url,
      REDIS_URL: process.env.REDIS_URL,
      ...(contract === 'v1.1' ? { CBB_ACCOUNT_ID: '1000001' } : {}),
    };
    const settings = readSettings({ environment })._unsafeUnwrap();
    for (const path of pathsOf(settings)) every.add(path);
    const noted = noting(settings, read);
    const closing = createClosing();
    const pool = (await openPool(database.url, noted.database, closing, () => undefined))._unsafeUnwrap();
    const materials = {
      settings: noted,
      options: {},
      pool,
      closing,
      tell: () => undefined,
      tellDriver: () => undefined,
    };
    const cbb = (await composeSync(materials))._unsafeUnwrap();
    expect((await cbb.startWorker()).isOk()).toBe(true);
    const orderId = await database.insert({}, contract === 'plan' ? 1 : 2);
    expect((await cbb.enqueue(orderId)).isOk()).toBe(true);
    await expect.poll(() => database.statusOf(orderId), { timeout: 20_000 }).toBe('synced');
    expect((await cbb.close()).isOk()).toBe(true);
    await server.close();
    // The next contract is that of another account.
    await database.pool.query('TRUNCATE cbb_sync_scope');
  }
  // Whoever opens the pool is told the address by itself.
  expect([...every].filter((path) => !read.has(path))).toEqual(['database.url']);
  await database.drop();
});
