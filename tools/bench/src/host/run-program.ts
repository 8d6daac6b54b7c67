import type { Result } from 'neverthrow';
import { stopSignal } from '../../../servers/stop-signal.ts';
import { stopAllServers } from './start-servers.ts';

export interface Program<Input> {
  readonly usage: string;
  /** The error is a sentence for the terminal. */
  read(argv: readonly string[]): Result<Input, string>;
  /** Whether all is as it must be. */
  run(input: Input): Promise<boolean>;
}

/** Exit code of an interrupted program, as shells have it. */
const interrupted = 130;

/** Ends with 0, with 1 where something is not as it must be, with 2 where it was called wrongly. */
export async function runProgram<Input>({ usage, read, run }: Program<Input>): Promise<void> {
  const argv = process.argv.slice(2);
  if (argv.includes('--help')) {
    console.log(usage);
    return;
  }
  const input = read(argv);
  if (input.isErr()) {
    console.error(`${input.error}\n${usage}`);
    process.exitCode = 2;
    return;
  }
  const stopped = stopSignal().then(() => null);
  const passed = await Promise.race([run(input.value), stopped]);
  if (passed === null) {
    await stopAllServers();
    process.exit(interrupted);
  }
  process.exitCode = passed ? 0 : 1;
}
