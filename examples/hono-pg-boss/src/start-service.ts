import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import type { ThrowingCbbSync } from '@visanet/cbb-host';
import type { Pool } from 'pg';
import type { Configuration } from './configuration.ts';
import { openPool, prepareDatabase } from './open-database.ts';
import { receiveOrder } from './orders/receive-order.ts';
import { createApp } from './web/create-app.ts';
import { checkReadiness, type WorkerState } from './web/readiness.ts';
import { wireSync } from './wire-sync.ts';

export interface Service {
  readonly url: string;
  readonly sync: ThrowingCbbSync;
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
): Promise<{ sync: ThrowingCbbSync; pool: Pool; workerState: () => WorkerState }> {
  const { databaseUrl, directUrl, cbb } = configuration;
  await prepareDatabase(directUrl ?? databaseUrl);
  const pool = openPool(databaseUrl, cbb.sync.concurrency + 5);
  opened(() => pool.end());

  let worker: WorkerState = cbb.sync.mode === 'on' ? 'starting' : 'off';
  const sync = await wireSync(configuration, pool, (event) => {
    if (event.kind === 'worker-halted') worker = event.reason;
    log(event);
  });
  opened(async () => {
    const { kind } = await sync.close({ graceMs });
    log({ kind: 'worker-closed', ended: kind });
  });
  // Not awaited: while the contact service is away, webhooks must be taken all the same. Nor need it listen to the
  // database: every order comes with its job.
  if (worker === 'starting') {
    void sync.startWorker({ listen: false }).then(
      () => {
        worker = 'running';
      },
      (cause: unknown) => {
        worker = 'failed';
        log({ kind: 'worker-failed', message: cause instanceof Error ? cause.message : 'unknown' });
      },
    );
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
