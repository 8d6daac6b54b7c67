/** A queue that keeps a key for each order, which names the job that serves it. A crash may leave a key without its job. */
export interface KeyedJobs {
  /** Adds a job for each order whose key is free. Gives the job that held the key already, null for an added one. */
  add(orderIds: readonly string[]): Promise<readonly (string | null)[]>;
  /** The job that each order's key names; null without a key. */
  holdersOf(orderIds: readonly string[]): Promise<readonly (string | null)[]>;
  /** How many of these jobs exist. */
  count(jobIds: readonly string[]): Promise<number>;
  /** Whether each of these jobs has ended, for good or with success. */
  haveEnded(jobIds: readonly string[]): Promise<readonly boolean[]>;
  /** Until when each of these jobs waits, in milliseconds since 1970; 0 for one that waits for no time. */
  waitUntil(jobIds: readonly string[]): Promise<readonly number[]>;
  /** Lets a job that waits for later run now; one that runs already is left alone. */
  pullForward(jobId: string): Promise<void>;
  /** Frees the order's key. */
  freeKey(orderId: string): Promise<unknown>;
}
