import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import type { PgBossSync } from '@visanet/cbb-pg-boss';
import type { WorkerEvent } from '@visanet/cbb-queue';
import type { SyncEvent } from '@visanet/cbb-sync';
import type { Pool } from 'pg';
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

/** Webhooks and worker in one process. Rejects where it cannot start, and leaves nothing open then. */
export async function startService(
  configuration: Configuration,
  log: (entry: object) => void,
): Promise<Service> {
  // First, so that a port that is taken is told before any work begins.
  const { server, address, answerWith } = await listen(configuration);
  const parts = openParts();
  let closing = false;
  async function close(): Promise<void> {
    closing = true;
    await new Promise((resolve) => server.close(resolve));
    await parts.close();
  }

  try {
    const { sync, pool, workerState } = await startWorker(configuration, log, parts.opened);
    const app = createApp({
      webhookKey: configuration.webhookKey,
      receive: (body) => receiveOrder(pool, sync, body),
      readiness: () => checkReadiness(pool, workerState(), closing),
      log,
    });
    answerWith(app.fetch);
    return { url: `http://${address.address}:${address.port}`, sync, close };
  } catch (cause) {
    await close();
    throw cause;
  }
}

type Close = () => Promise<void>;

/** What is open: the last to be opened is the first to be closed. */
function openParts(): { opened(close: Close): void; readonly close: Close } {
  const closes: Close[] = [];
  return {
    opened: (close) => void closes.unshift(close),
    async close() {
      for (const close of closes) await close();
    },
  };
}

async function startWorker(
  configuration: Configuration,
  log: (entry: object) => void,
  opened: (close: Close) => void,
): Promise<{ sync: PgBossSync; pool: Pool; workerState: () => WorkerState }> {
  const { databaseUrl, directUrl, cbb } = configuration;
  const service = await openContactService(configuration);
  await prepareDatabase(directUrl ?? databaseUrl);

  const pool = openPool(databaseUrl, cbb.sync.concurrency + 5);
  opened(() => pool.end());
  const boss = new PgBoss({
    connectionString: directUrl ?? databaseUrl,
    // Notifications need a session of their own, which a pooler does not give.
    useListenNotify: directUrl !== null,
  });
  boss.on('error', (error) => log({ kind: 'pg-boss-error', code: Reflect.get(error, 'code') ?? error.name }));
  await boss.start();
  opened(() => boss.stop({ graceful: false }));

  let worker: WorkerState = 'starting';
  function onEvent(event: SyncEvent | WorkerEvent): void {
    if (event.kind === 'worker-halted') worker = event.reason;
    log(event);
  }
  const sync = wireSync({ configuration, pool, boss, service, onEvent });
  opened(async () => {
    const closed = await sync.close({ graceMs });
    log({ kind: 'worker-closed', ended: closed.isOk() ? closed.value.kind : closed.error.kind });
  });
  if (cbb.sync.mode === 'on') {
    const started = await sync.startWorker({ concurrency: cbb.sync.concurrency });
    if (started.isErr()) throw new Error(started.error.message);
    worker = 'running';
  } else {
    worker = 'off';
  }
  return { sync, pool, workerState: () => worker };
}

type Answer = (request: Request) => Response | Promise<Response>;

interface Listening {
  readonly server: ReturnType<typeof serve>;
  readonly address: AddressInfo;
  /** Until then every request is told to come again. */
  answerWith(answer: Answer): void;
}

function listen({ host, port }: Configuration): Promise<Listening> {
  let answer: Answer = () => Response.json({ error: 'starting' }, { status: 503 });
  return new Promise((resolve, reject) => {
    const options = { fetch: (request: Request) => answer(request), hostname: host, port };
    const server = serve(options, (address) =>
      resolve({
        server,
        address,
        answerWith(next) {
          answer = next;
        },
      }),
    );
    server.once('error', (error) => {
      const taken = Reflect.get(error, 'code') === 'EADDRINUSE';
      reject(taken ? new Error(`Port ${port} is taken: set PORT to another one.`) : error);
    });
  });
}
