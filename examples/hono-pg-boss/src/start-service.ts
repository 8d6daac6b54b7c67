import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import type { PgBossSync } from '@visanet/cbb-pg-boss';
import type { SyncEvent, WorkerEvent } from '@visanet/cbb-sync';
import { PgBoss } from 'pg-boss';
import type { Configuration } from './configuration.ts';
import { openContactService } from './contact-service.ts';
import { openPool, prepareDatabase } from './open-database.ts';
import { receiveOrder } from './orders/receive-order.ts';
import { createApp } from './web/create-app.ts';
import { checkReadiness, type WorkerState } from './web/readiness.ts';
import { wireSync } from './wire-sync.ts';

export interface Service {
  readonly url: string;
  readonly sync: PgBossSync;
  /** Ends in bounded time: no new request, running syncs to their end or given back, then the connections. */
  close(): Promise<void>;
}

const graceMs = 10_000;

/** Webhooks and worker in one process. Rejects where it cannot start. */
export async function startService(
  configuration: Configuration,
  log: (entry: object) => void,
): Promise<Service> {
  const { databaseUrl, directUrl, cbb, webhookKey } = configuration;
  const service = await openContactService(configuration);
  await prepareDatabase(directUrl ?? databaseUrl);

  const pool = openPool(databaseUrl, cbb.sync.concurrency + 5);
  const boss = new PgBoss({
    connectionString: directUrl ?? databaseUrl,
    // Notifications need a session of their own, which a pooler does not give.
    useListenNotify: directUrl !== null,
  });
  boss.on('error', (error) => log({ kind: 'pg-boss-error', code: Reflect.get(error, 'code') ?? error.name }));
  await boss.start();

  let worker: WorkerState = 'starting';
  function onEvent(event: SyncEvent | WorkerEvent): void {
    if (event.kind === 'worker-halted') worker = event.reason;
    log(event);
  }
  const sync = wireSync({ configuration, pool, boss, service, onEvent });
  if (cbb.sync.mode === 'on') {
    const started = await sync.startWorker({ concurrency: cbb.sync.concurrency });
    if (started.isErr()) throw new Error(started.error.message);
    worker = 'running';
  } else {
    worker = 'off';
  }

  let closing = false;
  const app = createApp({
    webhookKey,
    receive: (body) => receiveOrder(pool, sync, body),
    readiness: () => checkReadiness(pool, worker, closing),
    log,
  });
  const { server, address } = await listen(app.fetch, configuration);

  return {
    url: `http://${address.address}:${address.port}`,
    sync,
    async close() {
      closing = true;
      await new Promise((resolve) => server.close(resolve));
      const closed = await sync.close({ graceMs });
      log({ kind: 'worker-closed', ended: closed.isOk() ? closed.value.kind : closed.error.kind });
      await boss.stop({ graceful: false });
      await pool.end();
    },
  };
}

type Server = ReturnType<typeof serve>;

function listen(
  fetch: (request: Request) => Response | Promise<Response>,
  { host, port }: Configuration,
): Promise<{ readonly server: Server; readonly address: AddressInfo }> {
  return new Promise((resolve, reject) => {
    const server = serve({ fetch, hostname: host, port }, (address) => resolve({ server, address }));
    server.once('error', reject);
  });
}
