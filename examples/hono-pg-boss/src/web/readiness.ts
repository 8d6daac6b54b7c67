import type { Pool } from 'pg';

export type WorkerState =
  | 'starting'
  | 'running'
  | 'failed'
  | 'off'
  | 'key_rejected'
  | 'sync_disabled'
  | 'misconfigured';

export interface Readiness {
  /** Whether webhooks can be stored. A worker that halted does not count: orders must be taken all the same. */
  readonly ready: boolean;
  readonly database: 'ok' | 'unreachable';
  readonly worker: WorkerState;
}

export async function checkReadiness(pool: Pool, worker: WorkerState, closing: boolean): Promise<Readiness> {
  const answered = await pool.query('SELECT 1').then(
    () => true,
    () => false,
  );
  return { ready: answered && !closing, database: answered ? 'ok' : 'unreachable', worker };
}
