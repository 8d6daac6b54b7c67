import { testQueueAdapter } from '@visanet/cbb-testkit/conformance';
import { Queue, Worker } from 'bullmq5';
import { afterAll, describe, it } from 'vitest';
import { startPrivateRedis } from '../../../tools/servers/redis.ts';
import { bullmqSuite } from '../test/harness.ts';

// The suite restarts and wipes its server: it must be a private one.
const redis = await startPrivateRedis();
afterAll(() => redis.stop());

describe('BullMQ 5', () => {
  const openQueue = (queueName: string) => new Queue(queueName, { connection: { url: redis.url } });
  const suite = bullmqSuite({ major: '5', classes: { Queue, Worker }, openQueue, redis });
  testQueueAdapter({ describe, it: (name, body) => it(name, body, 60_000) }, suite);
});
