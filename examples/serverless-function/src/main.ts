import { setTimeout as delay } from 'node:timers/promises';
import { runPath, webhookPath } from './answer-request.ts';
import { type Embedded, startEmbedded } from './demo/embedded.ts';
import { viewOrders } from './demo/print-orders.ts';
import { sampleBodies } from './demo/samples.ts';
import { prepareDatabase } from './prepare-database.ts';

// The demonstration: the function is called as a platform would, until no order is due.

const origin = 'http://function.invalid';
const pauseMs = 500;
const limitMs = 120_000;

async function run(): Promise<void> {
  // Heard from the beginning: a stop during the start must leave no server behind.
  const stopped = stopSignal();
  const embedded = await startEmbedded();
  try {
    await Promise.race([show(embedded), stopped]);
  } finally {
    await embedded.stop();
  }
}

async function show({ settings, requests }: Embedded): Promise<void> {
  await prepareDatabase(settings.DATABASE_URL);
  Object.assign(process.env, settings);
  const { default: entry } = await import('./function.ts');

  for (const body of sampleBodies) {
    const headers = { 'x-api-key': settings.VIZI_API_KEY };
    await expectOk(await entry.fetch(new Request(origin + webhookPath, { method: 'POST', headers, body })));
  }
  console.log(`${sampleBodies.length} webhooks stored`);

  const orders = viewOrders(settings.DATABASE_URL);
  const endsAt = Date.now() + limitMs;
  while (await orders.anyDue()) {
    if (Date.now() > endsAt) throw new Error('The orders did not come to rest in time.');
    const headers = { authorization: `Bearer ${settings.CRON_SECRET}` };
    await expectOk(await entry.fetch(new Request(origin + runPath, { method: 'POST', headers })));
    // An order that waits is due later: the next call of the schedule.
    if (await orders.anyDue()) await delay(pauseMs);
  }
  console.log(`\n${await orders.table()}\n\n${requests()} requests to the service`);
  await orders.close();
}

function stopSignal(): Promise<never> {
  return new Promise((_resolve, reject) => {
    for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => reject(new Error('Stopped.')));
  });
}

async function expectOk(response: Response): Promise<void> {
  if (!response.ok) throw new Error(`The function answered ${response.status}: ${await response.text()}`);
}

const exitCode = await run().then(
  () => 0,
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : 'The demonstration failed.');
    return 1;
  },
);
// Not by running dry: the function keeps its connections, as it does between two calls.
process.exit(exitCode);
