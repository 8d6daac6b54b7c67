import { readConfiguration } from './configuration.ts';
import { fillEnvironment } from './embedded.ts';
import { startService } from './start-service.ts';

const longestCloseMs = 30_000;

async function run(): Promise<number> {
  // Heard from the beginning: a stop during the start must leave no server behind.
  const stopped = stopSignal();
  const embedded = await fillEnvironment(process.env);
  try {
    const read = readConfiguration(embedded.environment);
    if (read.kind === 'wrong') {
      for (const problem of read.problems) console.error(problem);
      return 2;
    }
    const service = await startService(read.configuration, (entry) => console.log(JSON.stringify(entry)));
    for (const note of embedded.notes) console.log(note);
    console.log(`listening  ${service.url} (Ctrl-C ends)`);
    await stopped;
    await service.close();
    return 0;
  } finally {
    await embedded.stop();
  }
}

function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    const stop = () => {
      setTimeout(() => process.exit(1), longestCloseMs).unref();
      resolve();
    };
    // A signal to the whole process group may come twice: the second must not end what is being closed.
    process.on('SIGTERM', stop);
    process.on('SIGINT', stop);
  });
}

const exitCode = await run().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : 'The service could not start.');
  return 1;
});
// Not by running dry: what a failed start left open would keep the process.
process.exit(exitCode);
