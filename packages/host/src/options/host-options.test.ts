import { describe, expect, it } from 'vitest';
import { nowhere, useHostBench } from '../../test/host-bench.ts';
import { createCbbSync } from '../create-cbb-sync.ts';
import { createCbbSyncOrThrow } from '../create-cbb-sync-or-throw.ts';
import type { QueueName } from './host-options.ts';

const bench = useHostBench();
const { onEvent, environmentOf } = bench;

describe('options', () => {
  it('that are wrong or unknown are listed in one TypeError', () => {
    const wrong: object = {
      queue: 'kafka',
      mapping: {},
      pool: {},
      rateLimit: 7,
      onEvent: 1,
      offline: 'yes',
      databse: 1,
    };
    expect(() => createCbbSync(wrong)).toThrow(
      /databse: unknown option.*queue: must be one of function, bullmq, pg-boss.*mapping: .*pool: .*rateLimit: .*offline: .*onEvent: /,
    );
    const foreign: object = { queue: 'bullmq', queueOptions: { pollingIntervalMs: 500 } };
    expect(() => createCbbSync(foreign)).toThrow('pollingIntervalMs is no option of bullmq');
  });

  it('of a part are refused where they are given', () => {
    const environment = environmentOf('plan');
    const wrong: readonly (readonly [object, string])[] = [
      [{ storeOptions: { tabel: 'x' } }, 'createPostgresStore: tabel: unknown option'],
      [{ clientOptions: { timeout: 5 } }, '[cbb-client] invalid options'],
      [{ engineOptions: { maxAttempts: 0 } }, 'createSyncEngine: maxAttempts'],
    ];
    for (const [options, words] of wrong) {
      expect(() => createCbbSync({ environment, ...options })).toThrow(words);
    }
  });

  it('need the settings of the queue that is chosen', async () => {
    const environment = { CBB_API_KEY: 'key' };
    const missing = async (queue: QueueName) =>
      (await createCbbSync({ queue, environment }))._unsafeUnwrapErr();
    expect(await missing('bullmq')).toMatchObject({
      problems: ['DATABASE_URL must be set', 'REDIS_URL must be set'],
    });
    expect(await missing('pg-boss')).toMatchObject({ problems: ['DATABASE_URL must be set'] });
  });

  it('switch the sync off without a question to the service', async () => {
    const environment = environmentOf('plan', {
      ENABLE_CBB_SYNC: 'false',
      CBB_API_URL: nowhere,
    });
    const cbb = await createCbbSyncOrThrow({ environment, onEvent });
    await expect(cbb.startWorker()).rejects.toMatchObject({ kind: 'sync_disabled' });
    await expect(cbb.runDue({ budgetMs: 100 })).rejects.toMatchObject({ kind: 'sync_disabled' });
    await cbb.close();
  });

  it('that a listener throws at changes nothing', async () => {
    const environment = environmentOf('plan');
    const cbb = await createCbbSyncOrThrow({
      environment,
      onEvent() {
        throw new Error('of the host');
      },
    });
    await bench.database.insert();
    expect(await cbb.runDue({ budgetMs: 10_000 })).toMatchObject({ worked: 1, ended: 'nothing_due' });
    await cbb.close();
  });
});
