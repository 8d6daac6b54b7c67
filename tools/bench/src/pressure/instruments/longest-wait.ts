import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import * as z from 'zod';
import { applicationName } from '../../host/compose-sync.ts';

const sampleMs = 50;
const waits = z.tuple([z.object({ longest: z.coerce.number() })]);

const waitsSql = `SELECT COALESCE(max(EXTRACT(EPOCH FROM clock_timestamp() - l.waitstart) * 1000), 0) AS longest
  FROM pg_locks l JOIN pg_stat_activity a USING (pid)
  WHERE NOT l.granted AND l.waitstart IS NOT NULL AND a.application_name = $1`;

/** How long a statement of ours waits for a lock just now, in milliseconds. */
export async function currentWaitMs(client: Pick<pg.Client, 'query'>): Promise<number> {
  const { rows } = await client.query(waitsSql, [applicationName]);
  return waits.parse(rows)[0].longest;
}

/** Looks again and again; what it gives back ends it and tells the longest wait that was seen, in milliseconds. */
export async function watchWaits(databaseUrl: string): Promise<() => Promise<number>> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  let watching = true;
  let longest = 0;
  const watched = (async () => {
    while (watching) {
      longest = Math.max(longest, await currentWaitMs(client));
      await delay(sampleMs);
    }
  })();
  return async () => {
    watching = false;
    await watched;
    await client.end();
    return Math.round(longest);
  };
}
