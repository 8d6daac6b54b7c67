import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { QueueHarness, QueueSetup, QueueSuiteOptions } from '@visanet/cbb-testkit/conformance';
import type * as Bullmq6 from 'bullmq';
import type * as Bullmq5 from 'bullmq5';
import type { RedisServer } from '../../../tools/servers/redis.ts';
import { type BullmqClasses, bullmqCapabilities, createBullmqSync } from '../src/index.ts';
import { dropJob, dumpQueue } from './dump-queue.ts';

export interface BullmqUnderTest {
  readonly major: '5' | '6';
  readonly classes: BullmqClasses;
  /** A queue as an operator would open it. */
  readonly openQueue: (queueName: string) => Bullmq5.Queue | Bullmq6.Queue;
  readonly redis: RedisServer;
}

/** All that the conformance suite needs to run on one major of BullMQ. */
export function bullmqSuite({ major, classes, openQueue, redis }: BullmqUnderTest): QueueSuiteOptions {
  const { url } = redis;

  async function withQueue<T>(
    queueName: string,
    body: (queue: ReturnType<typeof openQueue>) => Promise<T>,
  ): Promise<T> {
    const queue = openQueue(queueName);
    try {
      return await body(queue);
    } finally {
      await queue.close();
    }
  }

  async function create(setup: QueueSetup): Promise<QueueHarness> {
    const adapter = createBullmqSync({ ...setup, bullmq: classes, connection: { url }, lockMs: 1_000 });
    return {
      adapter,
      async close() {
        const closed = await adapter.close({ graceMs: 0 });
        if (closed.isErr()) throw new Error(closed.error.message);
      },
      failedOrders: () =>
        withQueue(setup.queueName, async (queue) =>
          (await queue.getFailed()).map((job) => String(job.data.orderId)),
        ),
      redrive: () => withQueue(setup.queueName, (queue) => queue.retryJobs({ state: 'failed' })),
    };
  }

  return {
    create,
    capabilities: bullmqCapabilities,
    dump: (queueName) => dumpQueue(url, queueName),
    plantJob: (queueName, data) =>
      withQueue(queueName, async (queue) => {
        await queue.add('sync-contact', data);
      }),
    plantStrayKey: (queueName, orderId) =>
      withQueue(queueName, async (queue) => {
        const job = await queue.add(
          'sync-contact',
          {},
          { deduplication: { id: orderId, keepLastIfActive: true } },
        );
        // What an outage leaves behind: the job's own hash is gone, the key that points to it is not.
        await dropJob(url, queueName, job.id ?? '');
      }),
    restartServer: () => redis.restart({ wipe: false }),
    wipeServer: () => redis.restart({ wipe: true }),
    async crashWorker(queueName, orderId) {
      const script = fileURLToPath(new URL('./doomed-worker.ts', import.meta.url));
      const child = spawn(
        process.execPath,
        ['--conditions=@visanet/source', script, major, url, queueName, orderId],
        { stdio: ['ignore', 'pipe', 'inherit'] },
      );
      const exited = once(child, 'exit');
      await Promise.race([once(child.stdout, 'data'), exited]);
      child.kill('SIGKILL');
      await exited;
    },
  };
}
