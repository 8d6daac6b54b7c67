import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { Receipt } from '../orders/receive-order.ts';
import type { Readiness } from './readiness.ts';
import { hasKey } from './webhook-key.ts';

export interface AppParts {
  readonly webhookKey: string;
  receive(body: string): Promise<Receipt>;
  readiness(): Promise<Readiness>;
  readonly log: (entry: object) => void;
}

// The sender's own limit.
const maxBodyBytes = 4 * 1024 * 1024;

export function createApp({ webhookKey, receive, readiness, log }: AppParts): Hono {
  const app = new Hono();

  app.use('/api/*', async (context, next) => {
    if (hasKey(context.req.raw.headers, webhookKey)) return next();
    return context.json({ error: 'unauthorized' }, 401);
  });

  const limit = bodyLimit({
    maxSize: maxBodyBytes,
    onError: (context) => context.json({ error: 'too_large' }, 413),
  });
  app.post('/api/v1/webhooks/vizi/orders', limit, async (context) => {
    const receipt = await receive(await context.req.text());
    return receipt.kind === 'stored'
      ? context.json({ orderId: receipt.orderId, status: 'queued' })
      : context.json({ error: 'invalid_payload', problems: receipt.problems }, 400);
  });

  app.get('/health', (context) => context.json({ status: 'ok' }));
  app.get('/ready', async (context) => {
    const { ready, ...parts } = await readiness();
    return context.json({ ready, ...parts }, ready ? 200 : 503);
  });

  app.onError((error, context) => {
    // Its code alone: the driver's messages repeat values.
    log({ kind: 'request-failed', path: context.req.path, code: Reflect.get(error, 'code') ?? error.name });
    return context.json({ error: 'not_stored', message: 'Nothing was accepted; send it again.' }, 503);
  });
  return app;
}
