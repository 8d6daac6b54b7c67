import { Inject, Injectable, Logger } from '@nestjs/common';
import type { ThrowingCbbSync } from '@visanet/cbb-host';
import {
  type InvalidPayload,
  parseViziWebhook,
  storableViziOrder,
  type ViziV11Order,
} from '@visanet/cbb-sync';
import { err, ok, type Result } from 'neverthrow';
import { CBB_SYNC } from '../cbb-sync/tokens';
import { type DatabaseFailed, OrdersRepository, type ReceivedWebhook } from './orders.repository';

export interface StoredOrder {
  readonly orderId: string;
  /** False when the queue could not be reached: the sweep finds the order. */
  readonly enqueued: boolean;
}

@Injectable()
export class OrdersService {
  private readonly logger = new Logger('Orders');

  constructor(
    @Inject(OrdersRepository) private readonly orders: OrdersRepository,
    @Inject(CBB_SYNC) private readonly cbb: ThrowingCbbSync,
  ) {}

  async receive(payload: unknown): Promise<Result<StoredOrder, InvalidPayload | DatabaseFailed>> {
    const webhook = { payload, receivedAt: new Date().toISOString() };
    const parsed = parseViziWebhook(payload, webhook.receivedAt);
    return parsed.isOk() ? this.store(webhook, parsed.value) : this.reject(webhook, parsed.error);
  }

  private async store(
    webhook: ReceivedWebhook,
    order: ViziV11Order,
  ): Promise<Result<StoredOrder, DatabaseFailed>> {
    const saved = await this.orders.save(webhook, storableViziOrder(order));
    if (saved.isErr()) return err(saved.error);
    // Only now, after the commit. A redelivery enqueues again, which heals a trigger that was lost.
    return ok({ orderId: order.order_id, enqueued: await this.enqueue(order.order_id) });
  }

  private async enqueue(orderId: string): Promise<boolean> {
    try {
      await this.cbb.enqueue(orderId);
      return true;
    } catch (error) {
      const reason = error instanceof Error ? error.message : 'unknown';
      this.logger.warn(`order ${orderId} waits for the sweep: ${reason}`);
      return false;
    }
  }

  private async reject(
    webhook: ReceivedWebhook,
    invalid: InvalidPayload,
  ): Promise<Result<never, InvalidPayload | DatabaseFailed>> {
    this.logger.warn(`webhook refused: ${invalid.problems.join('; ')}`);
    const kept = await this.orders.keepRejected(webhook, invalid.problems.join('; '));
    return err(kept.isErr() ? kept.error : invalid);
  }
}
