import { parseArgs } from 'node:util';
import { err, ok, Result } from 'neverthrow';
import { pressureCases } from './cases/index.ts';
import type { PressureCase, Size } from './pressure-case.ts';

export interface Arguments {
  readonly size: Size;
  readonly cases: readonly PressureCase[];
  readonly json: boolean;
}

const names = pressureCases.map(({ name }) => name);

export const usage = `Usage: npm run pressure -- [--size=ci|full] [--case=${names.join('|')}] [--json]`;

const parse = Result.fromThrowable(
  (args: string[]) =>
    parseArgs({
      args,
      options: {
        size: { type: 'string', default: 'ci' },
        case: { type: 'string' },
        json: { type: 'boolean', default: false },
      },
    }).values,
  (error) => (error instanceof Error ? error.message : 'The options could not be read.'),
);

/** The error is a sentence for the terminal. */
export function readArguments(argv: readonly string[]): Result<Arguments, string> {
  // A package manager may hand on the `--` that ends its own options.
  const args = argv.filter((argument) => argument !== '--');
  return parse(args).andThen(({ size, case: chosen, json }): Result<Arguments, string> => {
    if (size !== 'ci' && size !== 'full') return err('--size takes ci or full.');
    const cases = pressureCases.filter(({ name }) => chosen === undefined || name === chosen);
    if (cases.length === 0) return err(`--case takes ${names.join(', ')}.`);
    return ok({ size, cases, json });
  });
}
