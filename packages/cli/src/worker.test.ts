import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { createSimulator, type SimulatorServer, startSimulatorServer } from '@visanet/cbb-testkit';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, onTestFailed } from 'vitest';
import { createHostDatabase, type HostDatabase } from '../test/host.ts';
import { invoke, type RunningInvocation, start } from '../test/invoke.ts';

const simulator = createSimulator({ seed: 1 });
let server: SimulatorServer;
let host: HostDatabase;
let running: RunningInvocation[] = [];

beforeAll(async () => {
  server = await startSimulatorServer(simulator);
});
afterAll(() => server.close());
beforeEach(async () => {
  simulator.reset();
  host = await createHostDatabase();
  await invoke(['migrate'], environment({ DATABASE_DIRECT_URL: host.url }));
});
afterEach(async () => {
  for (const each of running) each.stop();
  await Promise.all(running.map((each) => each.ended));
  running = [];
  await host.drop();
});

const environment = (settings: Readonly<Record<string, string>> = {}) => ({
  CBB_API_URL: server.url,
  CBB_API_KEY: simulator.apiKey,
  CBB_API_CONTRACT: 'plan',
  CBB_API_RETRY_ATTEMPTS: '0',
  CBB_SYNC_DELAY_MS: '0',
  DATABASE_URL: host.url,
  REDIS_URL: process.env.REDIS_URL ?? '',
  ...settings,
});

function startWorker(flags: readonly string[], settings: Readonly<Record<string, string>> = {}) {
  const worker = start(['worker', ...flags], environment(settings));
  running.push(worker);
  onTestFailed(() => console.error(worker.stderr()));
  return worker;
}

async function untilStatus(orderId: string, status: string, timeout = 20_000): Promise<void> {
  await expect.poll(() => host.statusOf(orderId), { timeout }).toBe(status);
}

const untilLogged = (worker: RunningInvocation, text: string) =>
  expect.poll(worker.stderr, { timeout: 20_000 }).toContain(text);

const ownPrefix = () => `--queue-prefix=cli-${randomUUID()}`;

describe.each(['function', 'bullmq', 'pg-boss'] as const)('a worker on %s', (queue) => {
  const flags = () => [`--queue=${queue}`, ...(queue === 'bullmq' ? [ownPrefix()] : [])];

  it('finds orders by its sweep, syncs them, and stops when it is told', async () => {
    const orderId = await host.insert({ client_phone: '447700900123' });
    const worker = startWorker([...flags(), '--sweep-interval-ms=100', '--json']);
    await untilStatus(orderId, 'synced');
    const later = await host.insert({}, 2);
    await untilStatus(later, 'synced');
    worker.stop();
    const { code, documents, stderr } = await worker.ended;
    expect(code).toBe(0);
    expect(documents).toEqual([{ command: 'worker', reason: 'signal', ended: 'drained' }]);
    const lines = stderr
      .trim()
      .split('\n')
      .filter((line) => line.startsWith('{'))
      .map((line) => JSON.parse(line));
    expect(lines).toContainEqual(
      expect.objectContaining({
        level: 'info',
        event: 'job-finished',
        orderId,
        outcome: 'created',
        phone: '447700***123',
      }),
    );
    expect(stderr).not.toMatch(/447700900123|simulator-key/);
  });

  it('stops by itself with code 1 when the key is rejected, says so once, and costs no order an attempt', {
    timeout: 120_000,
  }, async () => {
    const orderIds = [await host.insert({}, 1), await host.insert({}, 2), await host.insert({}, 3)];
    const worker = startWorker([...flags(), '--sweep-interval-ms=100'], { CBB_API_KEY: 'wrong' });
    const { code, stderr } = await worker.ended;
    expect(code).toBe(1);
    expect(stderr.split('the service rejects the key')).toHaveLength(2);
    const { rows } = await host.pool.query(
      'SELECT DISTINCT cbb_sync_status AS status, cbb_sync_attempts AS attempts FROM orders',
    );
    expect(rows).toEqual([{ status: 'pending', attempts: 0 }]);
    startWorker([...flags(), '--sweep-interval-ms=100', '--visibility-ms=1']);
    // The orders rest for 5 s first. On a busy machine the rest takes long, but never the 60 s after which a claim or a
    // lock that the first worker had left behind would lapse.
    for (const orderId of orderIds) await untilStatus(orderId, 'synced', 45_000);
  });

  it('is told of new orders over the direct connection', async () => {
    const worker = startWorker([...flags(), '--sweep-interval-ms=0'], { DATABASE_DIRECT_URL: host.url });
    await untilLogged(worker, '"event":"listening"');
    const orderId = await host.insert();
    await untilStatus(orderId, 'synced');
    await host.pool.query("UPDATE orders SET urgency = 'changed' WHERE order_id = $1", [orderId]);
    await expect.poll(() => [...simulator.contacts.values()][0]?.fields.urgency).toBe('changed');
  });

  it('works the orders that a sweep hands out', async () => {
    const orderId = await host.insert();
    const common = flags();
    if (queue !== 'function') {
      const worker = startWorker([...common, '--sweep-interval-ms=0']);
      await untilLogged(worker, 'worker-started');
    }
    const swept = await invoke(['sweep', ...common, '--json'], environment());
    expect(swept.code).toBe(0);
    expect(swept.documents).toMatchObject([queue === 'function' ? { created: 1 } : { due: 1, enqueued: 1 }]);
    await untilStatus(orderId, 'synced');
  });

  it('retries failed orders that retry-failed hands to the queue', async () => {
    const orderId = await host.insert();
    simulator.failNext({ kind: 'server_error' }, {}, 2);
    // The service has been away for longer than an order waits.
    await host.pool.query("UPDATE orders SET cbb_sync_failing_since = now() - interval '7 hours'");
    const common = flags();
    await invoke(['sync-order', `--order-id=${orderId}`, '--max-attempts=1'], environment());
    await untilStatus(orderId, 'failed');
    simulator.reset();
    const interval = queue === 'function' ? '--sweep-interval-ms=100' : '--sweep-interval-ms=0';
    const worker = startWorker([...common, interval]);
    await untilLogged(worker, 'worker-started');
    const enqueue = queue === 'function' ? [] : common;
    const retried = await invoke(['retry-failed', '--json', ...enqueue], environment());
    expect(retried).toMatchObject({ code: 0, documents: [{ retried: 1 }] });
    await untilStatus(orderId, 'synced');
  });
});

describe('a worker', () => {
  it('gives a running order time to end', async () => {
    simulator.failNext({ kind: 'latency', delayMs: 700 });
    const orderId = await host.insert();
    const worker = startWorker([]);
    await expect.poll(() => simulator.journal.length, { timeout: 20_000 }).toBe(1);
    worker.stop();
    expect(await worker.ended).toMatchObject({ code: 0, stdout: 'worker stopped: signal, drained\n' });
    expect(await host.statusOf(orderId)).toBe('synced');
  });

  it('aborts what does not end within the grace, and gives it back', async () => {
    simulator.failNext({ kind: 'hang' });
    const orderId = await host.insert();
    const worker = startWorker(['--grace-ms=50']);
    await untilRequest();
    worker.stop();
    expect(await worker.ended).toMatchObject({ code: 0, stdout: 'worker stopped: signal, aborted\n' });
    expect(await host.statusOf(orderId)).toBe('pending');
  });

  it.each([
    ['--concurrency=1', ['--concurrency=1'], {}, 1],
    ['CBB_SYNC_CONCURRENCY=2', [], { CBB_SYNC_CONCURRENCY: '2' }, 2],
  ])('works as many orders at a time as %s says', async (_, flags, settings, limit) => {
    simulator.failNext({ kind: 'hang' }, {}, 4);
    for (const seed of [1, 2, 3, 4]) await host.insert({}, seed);
    const worker = startWorker([...flags, '--grace-ms=300'], settings);
    await expect.poll(() => simulator.requests.length, { timeout: 20_000 }).toBe(limit);
    worker.stop();
    await worker.ended;
    expect(simulator.requests).toHaveLength(limit);
  });

  it('waits CBB_SYNC_DELAY_MS between an announcement and the work', async () => {
    const settings = { DATABASE_DIRECT_URL: host.url, CBB_SYNC_DELAY_MS: '400' };
    const worker = startWorker(['--sweep-interval-ms=0'], settings);
    await untilLogged(worker, '"event":"listening"');
    // Its first look at the store is over then: what comes later is found by its announcement alone.
    await untilLogged(worker, '"event":"worker-started"');
    const insertedAt = Date.now();
    await untilStatus(await host.insert(), 'synced');
    expect(Date.now() - insertedAt).toBeGreaterThanOrEqual(390);
  });

  it('does not listen where it is told so', async () => {
    const worker = startWorker(['--no-listen'], { DATABASE_DIRECT_URL: host.url });
    await untilLogged(worker, 'worker-started');
    worker.stop();
    expect((await worker.ended).stderr).not.toContain('listening');
  });

  it('writes its log as text where that is asked', async () => {
    const worker = startWorker(['--log=text', '--concurrency=3']);
    await untilLogged(worker, 'info  worker-started queue=function contract=plan concurrency=3');
  });

  it('takes lease, backoff and timeouts from its flags', async () => {
    simulator.failNext({ kind: 'hang' });
    const orderId = await host.insert();
    const worker = startWorker([
      '--lease-ms=2000',
      '--request-timeout-ms=100',
      '--backoff-base-ms=100',
      '--backoff-max-ms=100',
      '--sweep-interval-ms=100',
    ]);
    await untilStatus(orderId, 'synced');
    expect(worker.stderr()).toMatch(/"failure":"timeout".*"againInMs":\d{1,3}\b/);
  });

  it('ends with code 1 where Redis does not answer', async () => {
    const { code, stderr } = await startWorker(['--queue=bullmq'], { REDIS_URL: 'redis://127.0.0.1:1' })
      .ended;
    expect(code).toBe(1);
    expect(stderr).toMatch(/cbb: .*Redis/);
  });

  it('ends with code 1 where pg-boss cannot start', async () => {
    const settings = { DATABASE_URL: 'postgres://nobody:hunter2@127.0.0.1:1/x' };
    const { code, stderr } = await startWorker(['--queue=pg-boss'], settings).ended;
    expect(code).toBe(1);
    expect(stderr).toContain('[pg-boss] Postgres did not answer');
    expect(stderr).not.toContain('hunter2');
  });
});

async function untilRequest(): Promise<void> {
  await expect.poll(() => simulator.requests.length, { timeout: 20_000 }).toBe(1);
}

it('as a process: syncs, and ends with code 0 at SIGTERM', async () => {
  const orderId = await host.insert();
  const bin = fileURLToPath(new URL('./bin.ts', import.meta.url));
  const child = spawn(
    process.execPath,
    ['--conditions=@visanet/source', bin, 'worker', '--sweep-interval-ms=100', '--json'],
    {
      env: { PATH: process.env.PATH, NODE_OPTIONS: process.env.NODE_OPTIONS, ...environment() },
      stdio: ['ignore', 'pipe', 'ignore'],
    },
  );
  let stdout = '';
  child.stdout.on('data', (data) => {
    stdout += data;
  });
  const exited = once(child, 'exit');
  await untilStatus(orderId, 'synced');
  child.kill('SIGTERM');
  expect(await exited).toEqual([0, null]);
  expect(JSON.parse(stdout)).toEqual({ command: 'worker', reason: 'signal', ended: 'drained' });
}, 60_000);
