import { QueueFailure, queueMisconfigured } from '@visanet/cbb-queue';
import type { PgBossLike } from './pg-boss-types.ts';

const daySeconds = 86_400;

/** Where jobs that ended for good are kept for a person. */
export function deadLetterName(queueName: string): string {
  return `${queueName}-failed`;
}

/**
 * Creates the queue and its dead letter queue where they are missing. A policy cannot be changed later, and
 * under any other than `singleton` one order could run twice at a time or lose an enqueue.
 */
export async function ensureQueue(boss: PgBossLike, queueName: string, leaseMs: number): Promise<void> {
  // Below 10 s pg-boss accepts no heartbeat.
  const heartbeatSeconds = Math.max(10, Math.ceil(leaseMs / 1_000));
  const existing = await boss.getQueue(queueName);
  if (existing === null) {
    await boss.createQueue(deadLetterName(queueName), { retentionSeconds: 30 * daySeconds });
    await boss.createQueue(queueName, queueOptions(queueName, heartbeatSeconds));
    return;
  }
  if (existing.policy !== 'singleton') {
    const problem = `The queue "${queueName}" exists with policy "${existing.policy}" but needs "singleton". Policies are fixed: choose another queueName.`;
    throw new QueueFailure(queueMisconfigured('pg-boss', problem));
  }
  if (existing.heartbeatSeconds !== heartbeatSeconds) {
    await boss.updateQueue(queueName, { heartbeatSeconds });
  }
}

function queueOptions(queueName: string, heartbeatSeconds: number) {
  return {
    policy: 'singleton' as const,
    deadLetter: deadLetterName(queueName),
    notify: true,
    // Retries are for runs without an outcome, and the limit is a loose net: the store's count decides.
    retryLimit: 100,
    retryDelay: 1,
    retryBackoff: true,
    retryDelayMax: 60,
    heartbeatSeconds,
    retentionSeconds: 14 * daySeconds,
    deleteAfterSeconds: daySeconds,
  };
}

export type QueueOptions = Partial<ReturnType<typeof queueOptions>>;
