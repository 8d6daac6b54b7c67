import {
  type BeforeApplicationShutdown,
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import type { QueueAdapter } from '@visanet/cbb-queue';
import { SYNC_QUEUE } from '../cbb-sync/tokens';
import type { Configuration } from '../configuration/configuration';
import { CONFIGURATION } from '../configuration/configuration.module';

@Injectable()
export class SyncWorker implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('SyncWorker');

  constructor(
    @Inject(SYNC_QUEUE) private readonly queue: QueueAdapter,
    @Inject(CONFIGURATION) private readonly configuration: Configuration,
  ) {}

  /** Fails the start when the queue cannot be worked: the supervisor starts the process again. */
  async onApplicationBootstrap(): Promise<void> {
    const { sync, sweepIntervalMs } = this.configuration;
    const started = await this.queue.startWorker({ concurrency: sync.concurrency, sweepIntervalMs });
    if (started.isOk()) return this.logger.log('takes orders');
    if (started.error.kind !== 'sync_disabled') throw new Error(started.error.message);
    this.logger.warn(`idle: ${started.error.message}`);
  }

  /** Running orders may end; what does not end in time is given back. Nothing is paused in Redis. */
  async beforeApplicationShutdown(): Promise<void> {
    const stopped = await this.queue.stop({ graceMs: 10_000 });
    this.logger.log(stopped.isOk() ? stopped.value.kind : stopped.error.message);
  }
}
