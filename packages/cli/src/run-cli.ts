import { redact } from '@visanet/cbb-sync';
import manifest from '../package.json' with { type: 'json' };
import type { Environment } from './command.ts';
import { commands } from './commands/index.ts';
import type { ExitCode } from './failure.ts';
import type { CliIo } from './io.ts';
import { createPrinter } from './output/printer.ts';
import { isOwnComplaint } from './own-complaint.ts';
import { usageOf } from './usage.ts';

/**
 * The `cbb` command as a function: everything it reads and writes is given.
 *
 * @param argv arguments after the program's name, e.g. `['worker', '--queue=bullmq']`
 * @returns 0 done, 1 the work failed, 2 wrong use or configuration
 */
export async function runCli(
  argv: readonly string[],
  environment: Environment,
  io: CliIo,
): Promise<ExitCode> {
  const [name, ...rest] = argv;
  if (name === '--version' || name === '-v') {
    io.stdout(`${manifest.version}\n`);
    return 0;
  }
  if (name === '--help' || name === '-h' || name === 'help') {
    const asked = commands.find((each) => each.name === rest[0]) ?? null;
    io.stdout(await usageOf(commands, asked));
    return 0;
  }
  const command = commands.find((each) => each.name === name);
  if (command === undefined) {
    io.stderr(await usageOf(commands, null));
    io.stderr(name === undefined ? 'cbb: no command is given\n' : 'cbb: there is no such command\n');
    return 2;
  }
  if (rest.includes('--help') || rest.includes('-h')) {
    io.stdout(await usageOf(commands, command));
    return 0;
  }
  try {
    return await command.run(rest, environment, io);
  } catch (thrown) {
    const print = createPrinter(io, rest.includes('--json'));
    const message = thrown instanceof Error ? thrown.message : '';
    if (thrown instanceof TypeError && isOwnComplaint(message)) {
      print.failure({ kind: 'invalid_configuration', message, exitCode: 2 });
      return 2;
    }
    // A foreign error may hold anything.
    print.failure({
      kind: 'unexpected',
      message: `unexpected error: ${redact(nameOf(thrown))}`,
      exitCode: 1,
    });
    return 1;
  }
}

function nameOf(thrown: unknown): string {
  if (!(thrown instanceof Error)) return typeof thrown;
  return 'code' in thrown && typeof thrown.code === 'string'
    ? `${thrown.name} (${thrown.code})`
    : thrown.name;
}
