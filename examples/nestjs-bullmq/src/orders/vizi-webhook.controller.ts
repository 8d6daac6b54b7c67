import {
  BadRequestException,
  Body,
  Controller,
  HttpCode,
  Inject,
  Logger,
  Post,
  ServiceUnavailableException,
  UseGuards,
} from '@nestjs/common';
import { ApiKeyGuard } from './api-key.guard';
import { OrdersService } from './orders.service';

export interface WebhookAnswer {
  readonly orderId: string;
  /** `success`: stored, and enqueued later by the sweep. */
  readonly status: 'queued' | 'success';
}

@Controller('api/v1/webhooks/vizi')
@UseGuards(ApiKeyGuard)
export class ViziWebhookController {
  private readonly logger = new Logger('ViziWebhook');

  constructor(@Inject(OrdersService) private readonly orders: OrdersService) {}

  @Post('orders')
  @HttpCode(200)
  async receive(@Body() payload: unknown): Promise<WebhookAnswer> {
    const stored = await this.orders.receive(payload);
    if (stored.isOk()) {
      return { orderId: stored.value.orderId, status: stored.value.enqueued ? 'queued' : 'success' };
    }
    if (stored.error.kind === 'invalid_payload') throw new BadRequestException([...stored.error.problems]);
    this.logger.error(`a webhook was not stored: ${stored.error.code}`);
    // 5xx tells the sender to deliver again.
    throw new ServiceUnavailableException('the order was not stored, deliver it again');
  }
}
