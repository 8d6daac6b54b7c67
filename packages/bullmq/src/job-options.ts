/** The backoff type in each job's options; every worker of this package knows it. */
const backoffType = 'cbb-sync';

/**
 * Options of every job. The job id is ours and random: an id that comes back different tells that the order
 * was waiting already. `attempts` is a loose net only, the store's count decides.
 */
export function jobOptions(orderId: string, jobId: string) {
  return {
    jobId,
    deduplication: { id: orderId, keepLastIfActive: true },
    attempts: 100,
    backoff: { type: backoffType },
    removeOnComplete: { age: 3_600, count: 1_000 },
    removeOnFail: { age: 14 * 86_400, count: 5_000 },
    sizeLimit: 1_024,
    stackTraceLimit: 1,
  };
}
