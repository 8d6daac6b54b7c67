import { BullModule, getQueueToken } from '@nestjs/bullmq';
import { Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import { createBullmqSync } from '@visanet/cbb-bullmq';
import { type QueueAdapter, syncQueueName } from '@visanet/cbb-queue';
import type { SyncEngine } from '@visanet/cbb-sync';
import type { Queue } from 'bullmq';
import type { Configuration } from '../configuration/configuration';
import { CONFIGURATION } from '../configuration/configuration.module';
import { POOL } from '../database/database.module';
import { createEngine } from './create-engine';
import { SyncEvents } from './sync-events';
import { SYNC_ENGINE, SYNC_QUEUE } from './tokens';

/** The library behind two tokens; the queue is Nest's, so the dashboard and the sync see the same one. */
@Module({
  imports: [
    BullModule.forRootAsync({
      inject: [CONFIGURATION],
      // A producer answers a web request: it fails fast while Redis is away. Workers get a patient connection.
      useFactory: ({ redisUrl, queuePrefix }: Configuration) => ({
        connection: { url: redisUrl, maxRetriesPerRequest: 1, enableOfflineQueue: false },
        prefix: queuePrefix,
      }),
    }),
    BullModule.registerQueue({ name: syncQueueName }),
  ],
  providers: [
    SyncEvents,
    { provide: SYNC_ENGINE, inject: [CONFIGURATION, POOL, SyncEvents], useFactory: createEngine },
    {
      provide: SYNC_QUEUE,
      inject: [SYNC_ENGINE, getQueueToken(syncQueueName), CONFIGURATION, SyncEvents],
      useFactory: (engine: SyncEngine, queue: Queue, { sync }: Configuration, events: SyncEvents) =>
        createBullmqSync({
          engine,
          queue,
          sweepBatchSize: sync.batchSize,
          onEvent: (event) => events.record(event),
        }),
    },
  ],
  exports: [BullModule, SYNC_QUEUE, SyncEvents],
})
export class CbbSyncModule implements OnApplicationShutdown {
  constructor(@Inject(SYNC_QUEUE) private readonly queue: QueueAdapter) {}

  async onApplicationShutdown(): Promise<void> {
    await this.queue.close();
  }
}
