import { type DynamicModule, Module } from '@nestjs/common';
import { CbbSyncModule } from '../cbb-sync/cbb-sync.module';
import type { Configuration } from '../configuration/configuration';
import { ConfigurationModule } from '../configuration/configuration.module';
import { DatabaseModule } from '../database/database.module';
import { HealthModule } from '../health/health.module';
import { SyncWorker } from './sync-worker';

@Module({})
export class WorkerModule {
  static forRoot(configuration: Configuration): DynamicModule {
    return {
      module: WorkerModule,
      imports: [
        ConfigurationModule.forRoot(configuration),
        DatabaseModule,
        CbbSyncModule,
        HealthModule.requiring('database', 'redis', 'worker'),
      ],
      providers: [SyncWorker],
    };
  }
}
