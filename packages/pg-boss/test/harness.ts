import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { QueueHarness, QueueSetup, QueueSuiteOptions } from '@visanet/cbb-testkit/conformance';
import type { Pool } from 'pg';
import { PgBoss } from 'pg-boss';
import { ensureQueue } from '../src/ensure-queue.ts';
import { createPgBossSync, deadLetterName, pgBossCapabilities } from '../src/index.ts';
import { beginTransaction } from './begin-transaction.ts';

/** An instance whose watch over dead workers is as quick as pg-boss allows. */
export async function startBoss(url: string, schema: string): Promise<PgBoss> {
  const boss = new PgBoss({
    connectionString: url,
    schema,
    useListenNotify: true,
    max: 8,
    superviseIntervalSeconds: 1,
    monitorIntervalSeconds: 1,
  });
  boss.on('error', () => {});
  return boss.start();
}

/** All that the conformance suite needs to run on one pg-boss instance. */
export function pgBossSuite(boss: PgBoss, pool: Pool, url: string, schema: string): QueueSuiteOptions {
  async function create(setup: QueueSetup): Promise<QueueHarness> {
    const adapter = createPgBossSync({ ...setup, boss });
    const failed = deadLetterName(setup.queueName);
    return {
      adapter,
      async close() {
        const closed = await adapter.close({ graceMs: 0 });
        if (closed.isErr()) throw new Error(closed.error.message);
      },
      async failedOrders() {
        const jobs = await boss.findJobs<{ orderId: string }>(failed);
        return jobs.map(({ data }) => data.orderId);
      },
      async redrive() {
        await boss.redrive(failed);
      },
      begin: () => beginTransaction(pool, adapter),
    };
  }

  return {
    create,
    capabilities: pgBossCapabilities,
    async dump(queueName) {
      const { rows } = await pool.query(
        `SELECT row_to_json(job)::text AS row FROM ${schema}.job WHERE name LIKE $1`,
        [`${queueName}%`],
      );
      return JSON.stringify(rows);
    },
    async plantJob(queueName, data) {
      await ensureQueue(boss, queueName, 2_000);
      await boss.send(queueName, data);
    },
    async crashWorker(queueName, orderId) {
      const script = fileURLToPath(new URL('./doomed-worker.ts', import.meta.url));
      const child = spawn(
        process.execPath,
        ['--conditions=@visanet/source', script, url, schema, queueName, orderId],
        { stdio: ['ignore', 'pipe', 'inherit'] },
      );
      const exited = once(child, 'exit');
      await Promise.race([once(child.stdout, 'data'), exited]);
      child.kill('SIGKILL');
      await exited;
    },
  };
}
