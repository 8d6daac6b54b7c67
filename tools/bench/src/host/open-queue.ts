import { createBullmqSync } from '@visanet/cbb-bullmq';
import { createFunctionSync } from '@visanet/cbb-function';
import { createPgBossSync, type PgBossSync } from '@visanet/cbb-pg-boss';
import type { QueueAdapter, WorkerEvent } from '@visanet/cbb-queue';
import type { SyncEngine } from '@visanet/cbb-sync';
import { PgBoss } from 'pg-boss';
import type { SyncSettings } from './sync-settings.ts';

export interface OpenQueue {
  readonly adapter: QueueAdapter;
  /** The same adapter where an enqueue can be part of the host's transaction. */
  readonly transactional: PgBossSync | null;
  /** Ends what the host opened for the adapter; the adapter is closed before. */
  end(): Promise<void>;
}

/** The adapter of the chosen queue, on the servers of the settings. */
export async function openQueue(
  settings: SyncSettings,
  engine: SyncEngine,
  onEvent: (event: WorkerEvent) => void,
): Promise<OpenQueue> {
  switch (settings.queue) {
    case 'function':
      return { adapter: createFunctionSync({ engine, onEvent }), transactional: null, end: async () => {} };
    case 'bullmq': {
      const connection = { url: settings.redisUrl ?? '' };
      const adapter = createBullmqSync({ engine, connection, lockMs: settings.timing.leaseMs, onEvent });
      return { adapter, transactional: null, end: async () => {} };
    }
    case 'pg-boss': {
      const boss = new PgBoss({
        connectionString: settings.databaseUrl,
        useListenNotify: true,
        max: 6,
        // As quick as pg-boss allows to notice a dead worker.
        superviseIntervalSeconds: 1,
        monitorIntervalSeconds: 1,
      });
      boss.on('error', () => {});
      await boss.start();
      const adapter = createPgBossSync({ engine, boss, onEvent });
      return { adapter, transactional: adapter, end: () => boss.stop({ graceful: false }) };
    }
  }
}
