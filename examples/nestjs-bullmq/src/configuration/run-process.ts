import { Logger } from '@nestjs/common';
import { type Configuration, readConfiguration } from './configuration';

/** Runs the main function of a process: exit code 2 for a wrong configuration, 1 when it cannot start. */
export async function runProcess(
  name: string,
  main: (configuration: Configuration) => Promise<void>,
): Promise<void> {
  const logger = new Logger(name);
  const configuration = readConfiguration(process.env);
  if (configuration.isErr()) {
    for (const problem of configuration.error) logger.error(problem);
    process.exitCode = 2;
    return;
  }
  try {
    await main(configuration.value);
  } catch (error) {
    logger.error(error instanceof Error ? error.message : 'could not start');
    process.exit(1);
  }
}
