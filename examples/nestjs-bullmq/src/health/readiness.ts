import { InjectQueue } from '@nestjs/bullmq';
import { Inject, Injectable } from '@nestjs/common';
import { syncQueueName } from '@visanet/cbb-queue';
import type { Queue } from 'bullmq';
import type { Pool } from 'pg';
import { SyncEvents } from '../cbb-sync/sync-events';
import { POOL } from '../database/database.module';

export interface Checks {
  readonly database: boolean;
  readonly redis: boolean;
  /** Some worker, of whichever process, is attached to the queue, and that of this process has not halted. */
  readonly worker: boolean;
}

const checkTimeoutMs = 2_000;

@Injectable()
export class Readiness {
  constructor(
    @Inject(POOL) private readonly pool: Pool,
    @InjectQueue(syncQueueName) private readonly queue: Queue,
    @Inject(SyncEvents) private readonly events: SyncEvents,
  ) {}

  async check(): Promise<Checks> {
    const [database, redis, worker] = await Promise.all([
      succeeds(async () => {
        // Fails too when the migrations have not run.
        await this.pool.query('select cbb_sync_status from orders limit 0');
        return true;
      }),
      succeeds(async () => (await this.queue.getWaitingCount()) >= 0),
      succeeds(async () => this.events.halted === null && (await this.queue.getWorkersCount()) > 0),
    ]);
    return { database, redis, worker };
  }
}

async function succeeds(check: () => Promise<boolean>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), checkTimeoutMs);
  });
  try {
    return await Promise.race([check(), late]);
  } catch {
    return false;
  } finally {
    clearTimeout(timer);
  }
}
