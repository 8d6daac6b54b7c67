import type { Environment, Mistake } from './mistake.ts';
import type { OpenWorld } from './open-world.ts';
import { hashSecret } from './template.ts';

/** As it was before the mistake. */
export function rightEnvironment({ server, simulator, databaseUrl }: OpenWorld): Environment {
  return {
    CBB_API_URL: server.url,
    CBB_API_KEY: simulator.apiKey,
    CBB_API_CONTRACT: simulator.contract,
    CBB_API_RETRY_ATTEMPTS: '0',
    CBB_HASH_SECRET: hashSecret,
    DATABASE_URL: databaseUrl,
    REDIS_URL: process.env.REDIS_URL,
  };
}

/** Makes the mistake; gives the settings that go with it, and the path of its module. */
export async function makeMistake(
  mistake: Mistake,
  world: OpenWorld,
): Promise<{ readonly environment: Environment; readonly module: string | null }> {
  await mistake.make?.(world);
  const environment = { ...rightEnvironment(world), ...(await mistake.settings?.(world)) };
  const { module } = mistake;
  return { environment, module: module === undefined ? null : await world.file('sync.mjs', module) };
}

/** As the host's own SQL does it; a case may have taken the table away. */
export async function makeDue({ pool, orderId }: OpenWorld): Promise<void> {
  const sql = "UPDATE orders SET cbb_sync_status = 'pending', cbb_sync_due_at = now() WHERE order_id = $1";
  await pool.query(sql, [orderId]).catch(() => undefined);
}
