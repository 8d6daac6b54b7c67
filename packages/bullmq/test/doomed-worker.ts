import type { SyncEngine } from '@visanet/cbb-sync';
import * as bullmq6 from 'bullmq';
import * as bullmq5 from 'bullmq5';
import { okAsync, ResultAsync } from 'neverthrow';
import { createBullmqSync } from '../src/index.ts';

// Takes one order, says so, and never ends it: its parent kills it in the middle.
const [major, url, queueName = '', orderId = ''] = process.argv.slice(2);

const engine: SyncEngine = {
  mode: 'on',
  leaseMs: 1_000,
  claimVisibilityMs: 5_000,
  sync() {
    process.stdout.write('started\n');
    return new ResultAsync(new Promise(() => {}));
  },
  claimDue: () => okAsync([]),
  listDue: () => okAsync({ orderIds: [], next: null }),
  arm: () => okAsync(undefined),
};

const doomed = createBullmqSync({
  engine,
  bullmq: major === '5' ? bullmq5 : bullmq6,
  connection: { url },
  queueName,
  lockMs: 1_000,
});
const started = await doomed.enqueue(orderId).andThen(() => doomed.startWorker({ sweepIntervalMs: 0 }));
if (started.isErr()) throw new Error(started.error.message);
