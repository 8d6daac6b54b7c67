import { setTimeout as delay } from 'node:timers/promises';
import type { Layout, MigrationFigures } from './figures.ts';
import { insertManySql, migrateTable, openTable } from './table.ts';

const baselineMs = 3_000;

/** Inserts an order after the other; what it gives back ends it and tells how long the longest took. */
function insertMeanwhile(query: (sql: string) => Promise<unknown>, first: number) {
  let going = true;
  let longest = 0;
  let next = first;
  const inserting = (async () => {
    while (going) {
      const startedAt = performance.now();
      await query(insertManySql(next, 1));
      longest = Math.max(longest, performance.now() - startedAt);
      next += 1;
      await delay(2);
    }
  })();
  return async () => {
    going = false;
    await inserting;
    return { longestMs: Math.round(longest), next };
  };
}

/** Migrates the table while a host goes on inserting orders one by one. */
export async function measureMigration(
  server: string,
  database: Layout,
  rows: number,
): Promise<MigrationFigures> {
  const [table, host] = [await openTable(server, database), await openTable(server, database)];
  const insert = (sql: string) => host.client.query(sql);
  const beforehand = insertMeanwhile(insert, rows + 1);
  await delay(baselineMs);
  const before = await beforehand();
  const size = await table.size();
  const meanwhile = insertMeanwhile(insert, before.next);
  const startedAt = performance.now();
  await migrateTable(table, database);
  const seconds = (performance.now() - startedAt) / 1_000;
  const during = await meanwhile();
  const grownBytes = (await table.size()) - size;
  await host.close();
  await table.close();
  return {
    seconds: Math.round(seconds * 10) / 10,
    longestInsertMs: during.longestMs,
    longestInsertBeforeMs: before.longestMs,
    grownBytes,
  };
}
