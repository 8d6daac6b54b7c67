import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'vitest';
import { start } from '../invoke.ts';
import { expectNoSecret, expectNothingElseAtCbb, expectSyncedIsTrue } from './judge.ts';
import type { Mistake } from './mistake.ts';
import { type OpenWorld, openWorld } from './open-world.ts';
import type { Template } from './template.ts';

const limitMs = 60_000;

/** Makes the mistake, runs the commands, and looks at what they said and at what stands at CBB. */
export async function liveThrough(mistake: Mistake, template: Template): Promise<void> {
  const world = await openWorld(template);
  try {
    await mistake.make?.(world);
    const environment = {
      CBB_API_URL: world.server.url,
      CBB_API_KEY: world.simulator.apiKey,
      CBB_API_CONTRACT: template.contract,
      CBB_API_RETRY_ATTEMPTS: '0',
      CBB_HASH_SECRET: 'the pepper of tests',
      DATABASE_URL: world.databaseUrl,
      REDIS_URL: process.env.REDIS_URL,
      ...(await mistake.settings?.(world)),
    };
    for (const { line, code, says } of mistake.commands) {
      if (/^(sync-order|sweep|worker)/.test(line)) await makeDue(world);
      const argv = line.replace('{order}', world.orderId).replace('{folder}', world.folder).split(' ');
      const running = start(argv, environment);
      const outOfTime = new AbortController();
      void delay(limitMs, undefined, { signal: outOfTime.signal }).then(running.stop, () => undefined);
      const ended = await running.ended;
      outOfTime.abort();
      const output = `${ended.stdout}${ended.stderr}`;
      for (const part of says) expect(output, `cbb ${line}`).toMatch(part);
      expect({ line, code: ended.code, output }).toMatchObject({ line, code });
      expectNoSecret(world, output);
      expectNothingElseAtCbb(world);
      await expectSyncedIsTrue(world);
    }
  } finally {
    await world.close();
  }
}

/** As the host's own SQL does it; a case may have taken the table away. */
async function makeDue({ pool, orderId }: OpenWorld): Promise<void> {
  const sql = "UPDATE orders SET cbb_sync_status = 'pending', cbb_sync_due_at = now() WHERE order_id = $1";
  await pool.query(sql, [orderId]).catch(() => undefined);
}
