import { createScriptedEngine } from '@visanet/cbb-testkit/conformance';
import { Pool } from 'pg';
import { PgBoss } from 'pg-boss';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { createAdapter, errorOf, freshName, okOf } from '../test/adapter.ts';
import { startBoss } from '../test/harness.ts';
import { createPgBossSync } from './create-pg-boss-sync.ts';
import { toQueueError } from './queue-error.ts';
import { workOptions } from './work-jobs.ts';

const url = process.env.DATABASE_URL ?? '';
const schema = 'adapter_tests';
const boss = await startBoss(url, schema);
const pool = new Pool({ connectionString: url });

afterAll(async () => {
  await boss.stop({ graceful: false });
  await pool.end();
});

describe('createPgBossSync', () => {
  it('lists every wrong option in one TypeError', () => {
    const { engine } = createScriptedEngine();
    const wrong: object = {
      queueName: 'no blanks',
      pollingIntervalMs: 100,
      sweepBatchSize: 0,
      onEvent: 1,
      bos: 1,
    };
    expect(() => createPgBossSync({ engine, boss, ...wrong })).toThrow(
      /bos: unknown option; queueName: must have.*pollingIntervalMs.*sweepBatchSize.*onEvent/,
    );
    const without: object = { boss: undefined };
    expect(() => createPgBossSync({ engine, boss, ...without })).toThrow(
      'boss: must have the methods upsert',
    );
  });

  it('refuses a mistyped transaction, which would enqueue outside of it', () => {
    const { adapter } = createAdapter({ boss });
    const mistyped: object = { bd: {} };
    expect(() => adapter.enqueue('IL-1', mistyped)).toThrow('enqueue: bd: unknown option');
    expect(() => adapter.enqueueMany(['IL-1'], mistyped)).toThrow('enqueueMany: bd: unknown option');
    const noDatabase: object = { db: {} };
    expect(() => adapter.enqueue('IL-1', noDatabase)).toThrow('db: must have the methods executeSql');
  });

  it('creates its queue with retention, backoff and a place for failed jobs', async () => {
    const { adapter } = createAdapter({ boss });
    okOf(await adapter.enqueue('IL-1'));
    expect(await boss.getQueue('cbb-sync-v1')).toMatchObject({
      policy: 'singleton',
      deadLetter: 'cbb-sync-v1-failed',
      notify: true,
      retryLimit: 100,
      retryBackoff: true,
      retryDelayMax: 60,
      heartbeatSeconds: 10,
      retentionSeconds: 1_209_600,
      deleteAfterSeconds: 86_400,
    });
    const [job] = await boss.findJobs('cbb-sync-v1', { key: 'IL-1' });
    expect(job?.data).toEqual({ orderId: 'IL-1', v: 1 });
  });

  it('follows a longer lease of the engine with its heartbeat', async () => {
    const queueName = freshName();
    okOf(await createAdapter({ boss, queueName }).adapter.enqueue('IL-1'));
    okOf(await createAdapter({ boss, queueName }, 60_000).adapter.enqueue('IL-2'));
    expect(await boss.getQueue(queueName)).toMatchObject({ heartbeatSeconds: 60 });
  });

  it('refuses a queue that exists with another policy', async () => {
    const queueName = freshName();
    await boss.createQueue(queueName);
    const { adapter } = createAdapter({ boss, queueName });
    const error = errorOf(await adapter.enqueue('IL-1'));
    expect(error).toMatchObject({ kind: 'queue_misconfigured', retryable: false });
    expect(error.message).toContain('"standard"');
    expect(errorOf(await adapter.startWorker()).kind).toBe('queue_misconfigured');
  });

  it('says that the instance is not started, or that its tables are missing', async () => {
    const idle = new PgBoss({ connectionString: url, schema });
    const notStarted = errorOf(
      await createAdapter({ boss: idle, queueName: freshName() }).adapter.enqueue('a'),
    );
    expect(notStarted).toMatchObject({ kind: 'queue_misconfigured' });
    expect(notStarted.message).toContain('boss.start()');
    for (const code of ['3D000', '42P01', '3F000', '42501']) {
      const refused = Object.assign(new Error('relation "pgboss.queue" …'), { code });
      expect(toQueueError(refused)).toMatchObject({ kind: 'queue_misconfigured', retryable: false });
    }
  });

  it('tells no more than a code when the database is away', async () => {
    const lost = {
      ...boss,
      getQueue: () =>
        Promise.reject(Object.assign(new Error('postgres://u:hunter2@host'), { code: 'ECONNREFUSED' })),
      upsert: boss.upsert.bind(boss),
      findJobs: boss.findJobs.bind(boss),
      getDb: boss.getDb.bind(boss),
      work: boss.work.bind(boss),
      offWork: boss.offWork.bind(boss),
      notifyWorker: boss.notifyWorker.bind(boss),
      createQueue: boss.createQueue.bind(boss),
      updateQueue: boss.updateQueue.bind(boss),
      on: boss.on.bind(boss),
      off: boss.off.bind(boss),
    };
    const error = errorOf(await createAdapter({ boss: lost }).adapter.enqueue('IL-1'));
    expect(error).toMatchObject({ kind: 'queue_unavailable', retryable: true });
    expect(error.message).toContain('(ECONNREFUSED)');
    expect(JSON.stringify(error)).not.toContain('hunter2');
  });

  it('tells what the instance reports, and stops listening when it is closed', async () => {
    const { adapter, events } = createAdapter({ boss, queueName: freshName() });
    boss.emit('error', Object.assign(new Error('secret'), { code: '57P01' }));
    expect(events).toMatchObject([{ kind: 'queue-errored', error: { kind: 'queue_unavailable' } }]);
    expect(JSON.stringify(events)).not.toContain('secret');
    okOf(await adapter.close());
    boss.emit('error', new Error('later'));
    expect(events).toHaveLength(1);
  });

  it('sweeps in batches of the given size', async () => {
    const { engine, makeDue } = createScriptedEngine();
    makeDue('IL-1', 'IL-2', 'IL-3');
    let [running, most] = [0, 0];
    const upsert = vi.spyOn(boss, 'upsert').mockImplementation(async () => {
      running += 1;
      most = Math.max(most, running);
      await new Promise((resolve) => setImmediate(resolve));
      running -= 1;
      return { jobs: [], updated: 0, inserted: 1 };
    });
    okOf(await createPgBossSync({ engine, boss, queueName: freshName(), sweepBatchSize: 2 }).sweep());
    upsert.mockRestore();
    expect(most).toBe(2);
  });

  it('enqueues many in one transaction of the host', async () => {
    const queueName = freshName();
    const { adapter } = createAdapter({ boss, queueName });
    const client = await pool.connect();
    const db = {
      executeSql: async (text: string, values?: unknown[]) => ({
        rows: (await client.query(text, values)).rows,
      }),
    };
    await client.query('BEGIN');
    const sums = okOf(await adapter.enqueueMany(['IL-1', 'IL-2', 'IL-1'], { db }));
    expect(sums).toEqual({ enqueued: 2, coalesced: 1 });
    await client.query('ROLLBACK');
    client.release();
    expect(await boss.findJobs(queueName)).toEqual([]);
  });
});

describe('workOptions', () => {
  it('polls at the given pace', () => {
    expect(workOptions(2_500)).toMatchObject({
      pollingIntervalSeconds: 2.5,
      notifyPollingIntervalSeconds: 2.5,
    });
  });
});
