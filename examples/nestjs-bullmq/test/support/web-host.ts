import { getQueueToken } from '@nestjs/bullmq';
import { Logger } from '@nestjs/common';
import { syncQueueName } from '@visanet/cbb-queue';
import type { Queue } from 'bullmq';
import { readConfiguration } from '../../src/configuration/configuration';
import { createWebApp } from '../../src/web-app';
import { webhookKey } from './environment';

export interface WebHost {
  readonly url: string;
  readonly queue: Queue;
  /** Delivers a webhook as Vizi does. */
  deliver(payload: unknown, headers?: Record<string, string>): Promise<Response>;
  close(): Promise<void>;
}

/** The web process, within the test's own. */
export async function startWebHost(variables: Record<string, string>): Promise<WebHost> {
  Logger.overrideLogger(false);
  const configuration = readConfiguration({ ...variables, PORT: '0' });
  if (configuration.isErr()) throw new Error(configuration.error.join('; '));
  const app = await createWebApp(configuration.value);
  await app.listen(0, '127.0.0.1');
  const url = await app.getUrl();
  return {
    url,
    queue: app.get<Queue>(getQueueToken(syncQueueName)),
    deliver: (payload, headers = { 'x-api-key': webhookKey }) =>
      fetch(`${url}/api/v1/webhooks/vizi/orders`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: typeof payload === 'string' ? payload : JSON.stringify(payload),
      }),
    close: () => app.close(),
  };
}
