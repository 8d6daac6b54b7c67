import type pg from 'pg';

const waitsSql = `SELECT COALESCE(max(EXTRACT(EPOCH FROM clock_timestamp() - l.waitstart) * 1000), 0)::float AS longest
  FROM pg_locks l JOIN pg_stat_activity a USING (pid)
  WHERE NOT l.granted AND l.waitstart IS NOT NULL AND a.application_name = $1`;

/** Looks again and again at who waits for a lock, by the name of the application. */
export async function watchLockWaits(pool: pg.Pool, applicationName: string) {
  let watching = true;
  let longest = 0;
  async function look(): Promise<void> {
    const { rows } = await pool.query(waitsSql, [applicationName]);
    longest = Math.max(longest, Number(rows[0]?.longest));
  }
  await look();
  const watched = (async () => {
    while (watching) await look();
  })();
  return {
    /** Ends it: the longest wait that was seen, in milliseconds. */
    async longestMs(): Promise<number> {
      watching = false;
      await watched;
      return longest;
    },
  };
}
