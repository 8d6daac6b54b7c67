import { type DynamicModule, Module } from '@nestjs/common';
import { CbbSyncModule } from '../cbb-sync/cbb-sync.module';
import { HealthController, REQUIRED_CHECKS } from './health.controller';
import { type Checks, Readiness } from './readiness';

@Module({})
export class HealthModule {
  /** Which checks a process cannot do its work without; the others only degrade it. */
  static requiring(...required: (keyof Checks)[]): DynamicModule {
    return {
      module: HealthModule,
      imports: [CbbSyncModule],
      controllers: [HealthController],
      providers: [Readiness, { provide: REQUIRED_CHECKS, useValue: required }],
    };
  }
}
