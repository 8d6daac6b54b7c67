import type { SyncEngine } from '@visanet/cbb-sync';
import { okAsync, ResultAsync } from 'neverthrow';
import { createPgBossSync } from '../src/index.ts';
import { startBoss } from './harness.ts';

// Takes one order, says so, and never ends it: its parent kills it in the middle.
const [url = '', schema = '', queueName = '', orderId = ''] = process.argv.slice(2);

const engine: SyncEngine = {
  mode: 'on',
  leaseMs: 2_000,
  claimVisibilityMs: 5_000,
  sync() {
    process.stdout.write('started\n');
    return new ResultAsync(new Promise(() => {}));
  },
  claimDue: () => okAsync([]),
  listDue: () => okAsync({ orderIds: [], next: null }),
  arm: () => okAsync(undefined),
};

const doomed = createPgBossSync({ engine, boss: await startBoss(url, schema), queueName });
const started = await doomed.enqueue(orderId).andThen(() => doomed.startWorker({ sweepIntervalMs: 0 }));
if (started.isErr()) throw new Error(started.error.message);
