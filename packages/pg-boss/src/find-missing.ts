import { QueueFailure, queueMisconfigured } from '@visanet/cbb-queue';
import { isObject } from '@visanet/cbb-sync';
import type { PgBossLike } from './pg-boss-types.ts';

/** Of these orders those without a job that runs soon: one statement, however many they are. */
export async function findMissing(
  boss: PgBossLike,
  queueName: string,
  orderIds: readonly string[],
): Promise<readonly string[]> {
  const statement = missingSql(await jobTable(boss, queueName));
  const { rows } = await boss.getDb().executeSql(statement, [queueName, JSON.stringify(orderIds)]);
  const missing = new Set(rows.map((row) => (isObject(row) && 'id' in row ? row.id : null)));
  return orderIds.filter((orderId) => missing.has(orderId));
}

/** Two looks by key for each order, so that the cost of a page does not grow with the queue. */
function missingSql(table: string): string {
  const jobOf = (key: string) => `SELECT 1 FROM ${table} j WHERE j.name = $1 AND ${key} = o.id`;
  return `SELECT o.id FROM jsonb_array_elements_text($2::text::jsonb) AS o(id)
    WHERE (${jobOf('j.singleton_key')} AND j.state < 'active' AND j.start_after <= now() + interval '5 seconds' LIMIT 1) IS NULL
      AND (${jobOf("COALESCE(j.singleton_key, '')")} AND j.state = 'active' AND j.policy = 'singleton' LIMIT 1) IS NULL`;
}

/** Only the instance knows its schema: the table's name is read off a statement that it would run, and does not. */
async function jobTable(boss: PgBossLike, queueName: string): Promise<string> {
  let statement = '';
  async function executeSql(text: string) {
    statement = text;
    return { rows: [] };
  }
  await boss.findJobs(queueName, { queued: true, limit: 1, db: { executeSql } });
  const table = /\bFROM\s+([\w."$]+)\s+WHERE\b/.exec(statement)?.[1];
  if (table !== undefined) return table;
  throw new QueueFailure(queueMisconfigured('pg-boss', 'This release of pg-boss is not known. Use 12.38.'));
}
