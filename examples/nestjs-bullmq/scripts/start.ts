import { createHash, randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { compile } from '../../../tools/hosts/nestjs-bullmq/compile.ts';
import { install } from '../../../tools/hosts/nestjs-bullmq/install.ts';
import { runNode, startNode } from '../../../tools/hosts/nestjs-bullmq/run-node.ts';
import { startDatabases } from '../../../tools/hosts/nestjs-bullmq/start-databases.ts';
import { stopSignal } from '../../../tools/servers/stop-signal.ts';

// Everything that the example needs, in the foreground until Ctrl-C: servers where the environment names none, a
// simulated contact service where it has no key, the migrations, the web process and the worker.
const ends: (() => Promise<void>)[] = [];
let exitCode = 1;
let ending = false;
// Heard from the beginning: a stop during the start must leave no server behind.
const stopped = stopSignal().then(() => {
  ending = true;
  exitCode = 0;
});

try {
  install();
  compile('tsconfig.build.json');
  await Promise.race([(await start()).ended, stopped]);
} catch (error) {
  // A stop that reached the step as well has not been heard yet.
  await pause(0);
  if (!ending) console.error(error instanceof Error ? error.message : error);
} finally {
  ending = true;
  for (const end of ends) await end();
}
process.exit(exitCode);

/** `ended` resolves when one of the two processes has ended by itself. */
async function start(): Promise<{ ended: Promise<void> }> {
  const databases = await startDatabases();
  ends.unshift(() => databases.stop());
  // Only now: it imports a package that was installed a moment ago.
  const { startSimulator } = await import('./start-simulator.ts');
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
    DATABASE_URL: databases.databaseUrl,
    REDIS_URL: databases.redisUrl,
  };
  runNode(['dist/migrate.js'], environment);
  const ended = new Promise<void>((resolve) => {
    for (const program of ['dist/worker.js', 'dist/main.js']) {
      ends.unshift(startNode(program, environment, resolve));
    }
  }).finally(() => {
    ending = true;
  });

  const web = `http://127.0.0.1:${environment.PORT}`;
  const worker = `http://127.0.0.1:${environment.WORKER_PORT}`;
  await Promise.all([untilReady(web), untilReady(worker)]);
  if (ending) return { ended };
  const shownKey = process.env.WEBHOOK_KEY_SHA256 === undefined ? key : '(yours)';
  const shownPassword = process.env.DASHBOARD_PASSWORD === undefined ? password : '(yours)';
  console.log(`
webhooks    ${web}/api/v1/webhooks/vizi/orders
            X-API-Key: ${shownKey}
queue       ${web}/admin/queues   user admin, password ${shownPassword}
health      ${web}/health/ready   ${worker}/health/ready
contacts    ${service?.stateUrl ?? 'in the real service'}
`);
  return { ended };
}

async function untilReady(origin: string): Promise<void> {
  while (!ending) {
    const answer = await fetch(`${origin}/health/ready`).catch(() => null);
    if (answer?.ok) return;
    await pause(200);
  }
}
