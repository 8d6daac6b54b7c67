import { BullModule, getQueueToken } from '@nestjs/bullmq';
import { Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import { createCbbSyncOrThrow, type ThrowingCbbSync } from '@visanet/cbb-host';
import { syncQueueName } from '@visanet/cbb-queue';
import type { Queue } from 'bullmq';
import type { Pool } from 'pg';
import type { Configuration } from '../configuration/configuration';
import { CONFIGURATION } from '../configuration/configuration.module';
import { POOL } from '../database/database.module';
import { SyncEvents } from './sync-events';
import { CBB_SYNC } from './tokens';

/** The library behind one token; the queue is Nest's, so the dashboard and the sync see the same one. */
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
    {
      provide: CBB_SYNC,
      inject: [CONFIGURATION, POOL, getQueueToken(syncQueueName), SyncEvents],
      useFactory: ({ environment }: Configuration, pool: Pool, queue: Queue, events: SyncEvents) =>
        createCbbSyncOrThrow({
          queue: 'bullmq',
          queueOptions: { queue },
          environment,
          pool,
          onEvent: (event) => events.record(event),
        }),
    },
  ],
  exports: [BullModule, CBB_SYNC, SyncEvents],
})
export class CbbSyncModule implements OnApplicationShutdown {
  constructor(@Inject(CBB_SYNC) private readonly cbb: ThrowingCbbSync) {}

  async onApplicationShutdown(): Promise<void> {
    await this.cbb.close();
  }
}
