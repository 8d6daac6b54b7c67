import { testQueueAdapter } from '@visanet/cbb-testkit/conformance';
import { Pool } from 'pg';
import { afterAll, describe, it } from 'vitest';
import { pgBossSuite, startBoss } from '../test/harness.ts';

const url = process.env.DATABASE_URL ?? '';
const schema = 'conformance';
const pool = new Pool({ connectionString: url });
const boss = await startBoss(url, schema);

afterAll(async () => {
  await boss.stop({ graceful: false });
  await pool.end();
});

describe('pg-boss', () => {
  testQueueAdapter(
    { describe, it: (name, body) => it(name, body, 60_000) },
    pgBossSuite(boss, pool, url, schema),
  );
});
