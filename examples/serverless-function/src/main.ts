import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { stopSignal } from '../../../tools/servers/stop-signal.ts';
import { runPath, webhookPath } from './answer-request.ts';
import { type Embedded, startEmbedded } from './demo/embedded.ts';
import { viewOrders } from './demo/print-orders.ts';
import { sampleBodies } from './demo/samples.ts';
import { serve } from './demo/serve.ts';
import { prepareDatabase } from './prepare-database.ts';

// The demonstration: the function is called as a platform would, until no order is due; or it is served until Ctrl-C.

const usage = 'Usage: npm start [-- --serve]';

const origin = 'http://function.invalid';
const pauseMs = 500;
const limitMs = 120_000;

async function run(serving: boolean): Promise<number> {
  // Heard from the beginning: a stop during the start must leave no server behind.
  const stopped = stopSignal();
  const embedded = await startEmbedded();
  try {
    await prepareDatabase(embedded.settings.DATABASE_URL);
    Object.assign(process.env, embedded.settings);
    if (serving) return await serveUntil(stopped, embedded);
    const shown = await Promise.race([show(embedded).then(() => true), stopped]);
    if (!shown) console.error('Stopped.');
    return shown ? 0 : 1;
  } finally {
    await embedded.stop();
  }
}

async function show({ settings, requests }: Embedded): Promise<void> {
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

async function serveUntil(stopped: Promise<void>, { settings, contactsUrl }: Embedded): Promise<number> {
  const { default: entry } = await import('./function.ts');
  const { url, close } = await serve(entry.fetch);
  console.log(`The function is served until Ctrl-C. In another terminal, in examples/serverless-function:

export URL=${url} VIZI_API_KEY=${settings.VIZI_API_KEY} CRON_SECRET=${settings.CRON_SECRET}
curl -i "$URL${webhookPath}" -H "X-API-Key: $VIZI_API_KEY" -d @webhook.json
curl -i -X POST "$URL${runPath}" -H "Authorization: Bearer $CRON_SECRET"
curl ${contactsUrl}   # the contact
`);
  await stopped;
  await close();
  return 0;
}

async function expectOk(response: Response): Promise<void> {
  if (!response.ok) throw new Error(`The function answered ${response.status}: ${await response.text()}`);
}

function readArguments(): { readonly serve: boolean; readonly help: boolean } | null {
  const options = {
    serve: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  } as const;
  try {
    return parseArgs({ options }).values;
  } catch (error) {
    console.error(error instanceof Error ? error.message : 'The options could not be read.');
    return null;
  }
}

async function main(): Promise<number> {
  const given = readArguments();
  if (given === null || given.help) {
    (given === null ? console.error : console.log)(usage);
    return given === null ? 2 : 0;
  }
  return run(given.serve);
}

const exitCode = await main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : 'The demonstration failed.');
  return 1;
});
// Not by running dry: the function keeps its connections, as it does between two calls.
process.exit(exitCode);
