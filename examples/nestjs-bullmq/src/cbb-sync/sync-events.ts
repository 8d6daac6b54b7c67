import { Injectable, Logger } from '@nestjs/common';
import type { HostEvent } from '@visanet/cbb-host';

/** Events hold order ids and masked phones only, so they can be logged as they are. */
@Injectable()
export class SyncEvents {
  private readonly logger = new Logger('CbbSync');
  /** Why the worker takes no more orders; null while it does. */
  halted: string | null = null;

  record(event: HostEvent): void {
    switch (event.kind) {
      case 'sweep-finished':
        break;
      case 'job-finished': {
        const { orderId, outcome, status, reason, failure, phone } = event.report;
        const line = JSON.stringify({ orderId, outcome, status, reason, failure, phone });
        if (outcome === 'failed') this.logger.warn(line);
        else this.logger.log(line);
        break;
      }
      case 'worker-halted':
        this.halted = event.reason;
        this.logger.error(JSON.stringify(event));
        break;
      case 'key-rejected':
        this.logger.error(JSON.stringify(event));
        break;
      default:
        this.logger.warn(JSON.stringify(event));
    }
  }
}
