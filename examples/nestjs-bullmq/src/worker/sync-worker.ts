import {
  type BeforeApplicationShutdown,
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { isCbbSyncException, type ThrowingCbbSync } from '@visanet/cbb-host';
import { CBB_SYNC } from '../cbb-sync/tokens';
import type { Configuration } from '../configuration/configuration';
import { CONFIGURATION } from '../configuration/configuration.module';

@Injectable()
export class SyncWorker implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('SyncWorker');

  constructor(
    @Inject(CBB_SYNC) private readonly cbb: ThrowingCbbSync,
    @Inject(CONFIGURATION) private readonly configuration: Configuration,
  ) {}

  /** Fails the start when the queue cannot be worked: the supervisor starts the process again. */
  async onApplicationBootstrap(): Promise<void> {
    const { sweepIntervalMs } = this.configuration;
    try {
      await this.cbb.startWorker({ sweepIntervalMs });
      this.logger.log('takes orders');
    } catch (error) {
      if (!isCbbSyncException(error) || error.kind !== 'sync_disabled') throw error;
      this.logger.warn(`idle: ${error.message}`);
    }
  }

  /** Running orders may end; what does not end in time is given back. Nothing is paused in Redis. */
  async beforeApplicationShutdown(): Promise<void> {
    const { kind } = await this.cbb.stop({ graceMs: 10_000 });
    this.logger.log(kind);
  }
}
