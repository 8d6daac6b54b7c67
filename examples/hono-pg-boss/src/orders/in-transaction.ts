import type { Pool, PoolClient } from 'pg';

/** Commits what `work` did, or nothing of it; rejects where it is not certain that it was committed. */
export async function inTransaction<T>(pool: Pool, work: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let broken = true;
  try {
    await client.query('BEGIN');
    const result = await work(client);
    await client.query('COMMIT');
    broken = false;
    return result;
  } finally {
    // A connection that failed is closed, which rolls back.
    client.release(broken);
  }
}
