import { testQueueAdapter } from '@visanet/cbb-testkit/conformance';
import { Queue, Worker } from 'bullmq';
import { describe, it } from 'vitest';
import { bullmqSuite } from '../test/harness.ts';

describe('BullMQ 6', () => {
  const url = process.env.REDIS_URL ?? '';
  const openQueue = (queueName: string) => new Queue(queueName, { connection: { url } });
  const suite = bullmqSuite({ major: '6', classes: { Queue, Worker }, openQueue, url });
  testQueueAdapter({ describe, it: (name, body) => it(name, body, 60_000) }, suite);
});
