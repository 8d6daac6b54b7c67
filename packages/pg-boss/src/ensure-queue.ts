import type { PgBossLike, PgBossQueueOptions } from './pg-boss-types.ts';
import { QueueMisconfigured } from './queue-error.ts';

const daySeconds = 86_400;

/** Where jobs that ended for good are kept for a person. */
export function deadLetterName(queueName: string): string {
  return `${queueName}-failed`;
}

/** Below 10 s pg-boss accepts no heartbeat. */
function heartbeatSeconds(leaseMs: number): number {
  return Math.max(10, Math.ceil(leaseMs / 1_000));
}

/**
 * Creates the queue and its dead letter queue where they are missing. A policy cannot be changed later, and
 * under any other than `singleton` one order could run twice at a time or lose an enqueue.
 */
export async function ensureQueue(boss: PgBossLike, queueName: string, leaseMs: number): Promise<void> {
  const existing = await boss.getQueue(queueName);
  if (existing === null) {
    await boss.createQueue(deadLetterName(queueName), {
      policy: 'standard',
      retentionSeconds: 30 * daySeconds,
    });
    await boss.createQueue(queueName, queueOptions(queueName, leaseMs));
    return;
  }
  if (existing.policy !== 'singleton') {
    throw new QueueMisconfigured(
      `[cbb-sync] [pg-boss] The queue "${queueName}" exists with policy "${existing.policy}" but needs "singleton". Policies are fixed: choose another queueName.`,
    );
  }
  if (existing.heartbeatSeconds !== heartbeatSeconds(leaseMs)) {
    await boss.updateQueue(queueName, { heartbeatSeconds: heartbeatSeconds(leaseMs) });
  }
}

function queueOptions(queueName: string, leaseMs: number): PgBossQueueOptions {
  return {
    policy: 'singleton',
    deadLetter: deadLetterName(queueName),
    notify: true,
    // Retries are for runs without an outcome, and the limit is a loose net: the store's count decides.
    retryLimit: 100,
    retryDelay: 1,
    retryBackoff: true,
    retryDelayMax: 60,
    heartbeatSeconds: heartbeatSeconds(leaseMs),
    retentionSeconds: 14 * daySeconds,
    deleteAfterSeconds: daySeconds,
  };
}
