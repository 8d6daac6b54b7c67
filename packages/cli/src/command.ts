import { err, type Result } from 'neverthrow';
import { type ExitCode, type Failure, wrongUse } from './failure.ts';
import type { CliIo } from './io.ts';
import { type FlagShape, flag } from './options/flags.ts';
import { checkFlags, type Flags, lexFlags } from './options/read-flags.ts';
import { createDriverWords, type DriverWords } from './output/driver-words.ts';
import { createPrinter, type Printer } from './output/printer.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

export interface CommandContext {
  readonly environment: Environment;
  readonly io: CliIo;
  readonly print: Printer;
  /** Null unless `--debug` is given, on a terminal. */
  readonly debug: DriverWords | null;
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

const commonFlags = {
  json: flag('Print results as JSON, one document per line'),
  debug: flag("Show the drivers' own words too, on a terminal alone: they may hold data of customers"),
};

const noTerminal =
  "--debug needs a terminal: the drivers' own words may hold data of customers, which no log may keep";

/** Problems of the flags that every command has. */
function commonProblems({ json, debug }: Readonly<Record<string, unknown>>, io: CliIo): readonly string[] {
  return [
    ...(json === undefined || json === true ? [] : ['--json takes no value']),
    ...(debug === undefined || debug === true ? [] : ['--debug takes no value']),
    ...(debug === true && !io.isTerminal ? [noTerminal] : []),
  ];
}

export function defineCommand<S extends FlagShape>(definition: CommandDefinition<S>): Command {
  const flags = { ...definition.flags, ...commonFlags };
  return {
    name: definition.name,
    description: definition.description,
    flags,
    async run(argv, environment, io) {
      const { values, others } = lexFlags(argv, flags);
      const { json, debug, ...own } = values;
      const print = createPrinter(io, json === true);
      const checked = checkFlags(definition.flags, { values: own, others });
      const problems = [...(checked.isErr() ? checked.error : []), ...commonProblems(values, io)];
      const result =
        checked.isErr() || problems.length > 0
          ? err<ExitCode, Failure>(wrongUse([...problems, `see: cbb ${definition.name} --help`]))
          : await definition.run(checked.value, {
              environment,
              io,
              print,
              debug: debug === true ? createDriverWords(io) : null,
            });
      if (result.isOk()) return result.value;
      print.failure(result.error);
      return result.error.exitCode;
    },
  };
}
