import { parseArgs } from 'node:util';
import { err, ok, Result } from 'neverthrow';
import { isQueueName, queueNames } from '../host/queue-name.ts';
import type { LoadOptions } from './load-options.ts';

export interface Arguments {
  readonly options: LoadOptions;
  readonly json: boolean;
}

export const usage = `Usage: npm run load-test -- --queue=${queueNames.join('|')} [--contract=plan|v1.1] [--orders=2000] [--rate=40] [--seed=1] [--json]`;

const parse = Result.fromThrowable(
  (args: string[]) =>
    parseArgs({
      args,
      options: {
        queue: { type: 'string' },
        contract: { type: 'string', default: 'plan' },
        orders: { type: 'string', default: '2000' },
        rate: { type: 'string', default: '40' },
        seed: { type: 'string', default: '1' },
        json: { type: 'boolean', default: false },
      },
    }).values,
  (error) => (error instanceof Error ? error.message : 'The options could not be read.'),
);

const numberOf = (text: string) => (/^\d{1,9}$/.test(text) ? Number(text) : Number.NaN);

/** The error is a sentence for the terminal. */
export function readArguments(argv: readonly string[]): Result<Arguments, string> {
  // A package manager may hand on the `--` that ends its own options.
  const args = argv.filter((argument) => argument !== '--');
  return parse(args).andThen((given): Result<Arguments, string> => {
    const { queue = '', contract, json } = given;
    if (!isQueueName(queue)) return err(`--queue takes ${queueNames.join(', ')}.`);
    if (contract !== 'plan' && contract !== 'v1.1') return err('--contract takes plan or v1.1.');
    const [orders, rate, seed] = [numberOf(given.orders), numberOf(given.rate), numberOf(given.seed)];
    if (!(orders >= 100 && orders <= 3_000)) return err('--orders takes a whole number from 100 to 3000.');
    if (!(rate >= 1 && rate <= 1_000)) return err('--rate takes a whole number from 1 to 1000.');
    if (Number.isNaN(seed)) return err('--seed takes a whole number.');
    return ok({ options: { queue, contract, seed, orders, rate }, json });
  });
}
