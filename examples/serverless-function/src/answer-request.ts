import { hasKey } from './has-key.ts';
import type { OpenFunction } from './open-function.ts';

export const webhookPath = '/api/v1/webhooks/vizi/orders';
export const runPath = '/api/v1/sync/run';

// The sender's own limit.
const maxBodyBytes = 4 * 1024 * 1024;

const unauthorized = () => Response.json({ error: 'unauthorized' }, { status: 401 });

/** The two routes: Vizi's webhook, and the run for schedulers that call over HTTP. */
export async function answerRequest(opened: OpenFunction, request: Request): Promise<Response> {
  const route = `${request.method} ${new URL(request.url).pathname}`;
  try {
    if (route === `POST ${webhookPath}`) return await answerWebhook(opened, request);
    // Some schedulers can only GET.
    if (route === `POST ${runPath}` || route === `GET ${runPath}`) return await answerRun(opened, request);
    return Response.json({ error: 'not_found' }, { status: 404 });
  } catch (error) {
    // Its code alone: a driver's message repeats values.
    const code = error instanceof Error ? (Reflect.get(error, 'code') ?? error.name) : 'unknown';
    opened.log({ kind: 'request-failed', route, code });
    return Response.json({ error: 'unavailable', message: 'Send it again.' }, { status: 503 });
  }
}

async function answerWebhook(opened: OpenFunction, request: Request): Promise<Response> {
  if (!hasKey(request.headers, opened.configuration.webhookKey)) return unauthorized();
  const body = await request.text();
  if (Buffer.byteLength(body) > maxBodyBytes) return Response.json({ error: 'too_large' }, { status: 413 });
  const receipt = await opened.receive(body);
  return receipt.kind === 'stored'
    ? Response.json({ orderId: receipt.orderId, status: 'queued' })
    : Response.json({ error: 'invalid_payload', problems: receipt.problems }, { status: 400 });
}

async function answerRun(opened: OpenFunction, request: Request): Promise<Response> {
  const { cronSecret, budgetMs } = opened.configuration;
  if (!hasKey(request.headers, cronSecret)) return unauthorized();
  const result = await opened.runDue(budgetMs);
  return Response.json(result, { status: result.ended === 'halted' ? 500 : 200 });
}
