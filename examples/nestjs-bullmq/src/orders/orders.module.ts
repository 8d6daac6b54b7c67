import { Module } from '@nestjs/common';
import { CbbSyncModule } from '../cbb-sync/cbb-sync.module';
import { ApiKeyGuard } from './api-key.guard';
import { OrdersRepository } from './orders.repository';
import { OrdersService } from './orders.service';
import { ViziWebhookController } from './vizi-webhook.controller';

@Module({
  imports: [CbbSyncModule],
  controllers: [ViziWebhookController],
  providers: [ApiKeyGuard, OrdersRepository, OrdersService],
})
export class OrdersModule {}
