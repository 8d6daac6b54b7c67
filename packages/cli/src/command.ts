import { err, type Result } from 'neverthrow';
import { type ExitCode, type Failure, wrongUse } from './failure.ts';
import type { CliIo } from './io.ts';
import { type FlagShape, flag } from './options/flags.ts';
import { checkFlags, type Flags, lexFlags } from './options/read-flags.ts';
import { createPrinter, type Printer } from './output/printer.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

export interface CommandContext {
  readonly environment: Environment;
  readonly io: CliIo;
  readonly print: Printer;
}

export type CommandResult = Promise<Result<ExitCode, Failure>>;

export interface Command {
  readonly name: string;
  readonly description: string;
  /** All flags, those that every command has included. */
  readonly flags: FlagShape;
  run(argv: readonly string[], environment: Environment, io: CliIo): Promise<ExitCode>;
}

interface CommandDefinition<S extends FlagShape> {
  readonly name: string;
  readonly description: string;
  readonly flags: S;
  run(flags: Flags<S>, context: CommandContext): CommandResult;
}

const commonFlags = { json: flag('Print results as JSON, one document per line') };

export function defineCommand<S extends FlagShape>(definition: CommandDefinition<S>): Command {
  const flags = { ...definition.flags, ...commonFlags };
  return {
    name: definition.name,
    description: definition.description,
    flags,
    async run(argv, environment, io) {
      const { values, others } = lexFlags(argv, flags);
      const { json, ...own } = values;
      const print = createPrinter(io, json === true);
      const checked = checkFlags(definition.flags, { values: own, others });
      const jsonProblem = json === undefined || json === true ? [] : ['--json takes no value'];
      const problems = [...(checked.isErr() ? checked.error : []), ...jsonProblem];
      const result =
        checked.isErr() || problems.length > 0
          ? err<ExitCode, Failure>(wrongUse([...problems, `see: cbb ${definition.name} --help`]))
          : await definition.run(checked.value, { environment, io, print });
      if (result.isOk()) return result.value;
      print.failure(result.error);
      return result.error.exitCode;
    },
  };
}
