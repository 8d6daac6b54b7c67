import type { QueueTransaction } from '@visanet/cbb-testkit/conformance';
import type { Pool } from 'pg';
import type { PgBossSync } from '../src/index.ts';

/** A transaction of a host on node-postgres, with an enqueue in it. */
export async function beginTransaction(pool: Pool, adapter: PgBossSync): Promise<QueueTransaction> {
  const client = await pool.connect();
  await client.query('BEGIN');
  const db = {
    executeSql: async (text: string, values?: unknown[]) => ({
      rows: (await client.query(text, values)).rows,
    }),
  };
  const end = async (statement: 'COMMIT' | 'ROLLBACK') => {
    await client.query(statement);
    client.release();
  };
  return {
    async enqueue(orderId) {
      const result = await adapter.enqueue(orderId, { db });
      if (result.isErr()) throw new Error(result.error.message);
    },
    commit: () => end('COMMIT'),
    rollback: () => end('ROLLBACK'),
  };
}
