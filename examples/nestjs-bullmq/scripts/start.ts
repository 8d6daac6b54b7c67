import { createHash, randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { startPostgres } from '../../../tools/servers/postgres.ts';
import { startRedis } from '../../../tools/servers/redis.ts';
import { compile } from './compile.ts';
import { install } from './install.ts';
import { runNode, startNode } from './run-node.ts';
import { startSimulator } from './start-simulator.ts';

// Everything that the example needs, in the foreground until Ctrl-C: servers where the environment names none, a
// simulated contact service where it has no key, the migrations, the web process and the worker.
const ends: (() => Promise<void>)[] = [];
let ending = false;
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void end(0));

try {
  install();
  compile('tsconfig.build.json');
  await start();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  await end(1);
}

async function start(): Promise<void> {
  const postgres = await startPostgres();
  ends.unshift(() => postgres.stop());
  const redis = await startRedis();
  ends.unshift(() => redis.stop());
  const service = process.env.CBB_API_KEY === undefined ? await startSimulator() : null;
  if (service !== null) ends.unshift(() => service.close());

  const key = `vizi_demo.${randomBytes(24).toString('hex')}`;
  const password = randomBytes(12).toString('hex');
  const environment: NodeJS.ProcessEnv = {
    WEBHOOK_KEY_SHA256: createHash('sha256').update(key).digest('hex'),
    DASHBOARD_PASSWORD: password,
    PORT: '3000',
    WORKER_PORT: '3001',
    ...process.env,
    ...service?.environment,
    DATABASE_URL: postgres.url,
    REDIS_URL: redis.url,
  };
  runNode(['dist/migrate.js'], environment);
  ends.unshift(startNode('dist/worker.js', environment, () => void end(1)));
  ends.unshift(startNode('dist/main.js', environment, () => void end(1)));

  const web = `http://127.0.0.1:${environment.PORT}`;
  const worker = `http://127.0.0.1:${environment.WORKER_PORT}`;
  await Promise.all([untilReady(web), untilReady(worker)]);
  const shownKey = process.env.WEBHOOK_KEY_SHA256 === undefined ? key : '(yours)';
  const shownPassword = process.env.DASHBOARD_PASSWORD === undefined ? password : '(yours)';
  console.log(`
webhooks    ${web}/api/v1/webhooks/vizi/orders
            X-API-Key: ${shownKey}
queue       ${web}/admin/queues   user admin, password ${shownPassword}
health      ${web}/health/ready   ${worker}/health/ready
contacts    ${service?.stateUrl ?? 'in the real service'}
`);
}

async function untilReady(origin: string): Promise<void> {
  while (!ending) {
    const answer = await fetch(`${origin}/health/ready`).catch(() => null);
    if (answer?.ok) return;
    await pause(200);
  }
}

async function end(exitCode: number): Promise<void> {
  if (ending) return;
  ending = true;
  for (const step of ends) await step();
  process.exit(exitCode);
}
