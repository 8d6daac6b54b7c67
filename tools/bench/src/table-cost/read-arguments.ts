import { parseArgs } from 'node:util';
import { err, ok, Result } from 'neverthrow';

export interface Arguments {
  readonly rows: number;
  readonly json: boolean;
}

export const usage = 'Usage: npm run table-cost -- [--rows=1000000] [--json]';

const parse = Result.fromThrowable(
  (args: string[]) =>
    parseArgs({
      args,
      options: { rows: { type: 'string', default: '1000000' }, json: { type: 'boolean', default: false } },
    }).values,
  (error) => (error instanceof Error ? error.message : 'The options could not be read.'),
);

/** The error is a sentence for the terminal. */
export function readArguments(argv: readonly string[]): Result<Arguments, string> {
  // A package manager may hand on the `--` that ends its own options.
  const args = argv.filter((argument) => argument !== '--');
  return parse(args).andThen(({ rows, json }): Result<Arguments, string> => {
    const count = /^\d{4,8}$/.test(rows) ? Number(rows) : 0;
    if (count < 1_000 || count > 10_000_000) return err('--rows takes a number from 1000 to 10000000.');
    return ok({ rows: count, json });
  });
}
