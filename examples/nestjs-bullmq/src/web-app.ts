import { type DynamicModule, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { ErrorRequestHandler } from 'express';
import type { Configuration } from './configuration/configuration';
import { ConfigurationModule } from './configuration/configuration.module';
import { mountDashboard } from './dashboard/mount-dashboard';
import { DatabaseModule } from './database/database.module';
import { HealthModule } from './health/health.module';
import { OrdersModule } from './orders/orders.module';

@Module({})
class WebModule {
  static forRoot(configuration: Configuration): DynamicModule {
    return {
      module: WebModule,
      // Without Redis or a worker it still takes orders, and must: the sender may never deliver again.
      imports: [
        ConfigurationModule.forRoot(configuration),
        DatabaseModule,
        OrdersModule,
        HealthModule.requiring('database'),
      ],
    };
  }
}

/** The process that receives webhooks. Not listening yet. */
export async function createWebApp(configuration: Configuration): Promise<NestExpressApplication> {
  const app = await NestFactory.create<NestExpressApplication>(WebModule.forRoot(configuration), {
    bodyParser: false,
    abortOnError: false,
  });
  // 4 MB is the sender's own limit.
  app.useBodyParser('json', { limit: '4mb' });
  app.use(answerUnreadableBody);
  mountDashboard(app, configuration.dashboardPassword);
  app.enableShutdownHooks();
  return app;
}

/** The parser's own message repeats a part of the body. */
const answerUnreadableBody: ErrorRequestHandler = (error, _request, response, next) => {
  if (response.headersSent) return next(error);
  const tooLarge = typeof error === 'object' && error !== null && 'status' in error && error.status === 413;
  const statusCode = tooLarge ? 413 : 400;
  response
    .status(statusCode)
    .json({ statusCode, message: tooLarge ? 'the body is larger than 4 MB' : 'the body is not valid JSON' });
};
