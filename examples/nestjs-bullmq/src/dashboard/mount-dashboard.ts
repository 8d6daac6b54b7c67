import { createHash, timingSafeEqual } from 'node:crypto';
import { createBullBoard } from '@bull-board/api';
import { BullMQAdapter } from '@bull-board/api/bullMQAdapter';
import { ExpressAdapter } from '@bull-board/express';
import { getQueueToken } from '@nestjs/bullmq';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { syncQueueName } from '@visanet/cbb-queue';
import type { Queue } from 'bullmq';
import type { RequestHandler } from 'express';

export const dashboardPath = '/admin/queues';

/** bull-board for user `admin`. Jobs hold order ids only, so the dashboard shows no customer data. */
export function mountDashboard(app: NestExpressApplication, password: string): void {
  const serverAdapter = new ExpressAdapter();
  serverAdapter.setBasePath(dashboardPath);
  createBullBoard({
    queues: [new BullMQAdapter(app.get<Queue>(getQueueToken(syncQueueName)))],
    serverAdapter,
  });
  app.use(dashboardPath, onlyWith(`admin:${password}`), serverAdapter.getRouter());
}

function onlyWith(credentials: string): RequestHandler {
  const expected = digest(`Basic ${Buffer.from(credentials).toString('base64')}`);
  return (request, response, next) => {
    if (timingSafeEqual(expected, digest(request.get('authorization') ?? ''))) return next();
    response.set('www-authenticate', 'Basic realm="queues", charset="UTF-8"').status(401).end();
  };
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
