import { parseArgs } from 'node:util';
import { err, ok, Result } from 'neverthrow';
import { type ContractName, pricingsOf } from './contract.ts';

export interface Arguments {
  readonly contracts: readonly ContractName[];
  readonly seed: number;
  readonly events: number;
  readonly json: boolean;
}

export const usage =
  'Usage: npm run bench -- [--contract=plan|v1.1|all] [--seed=<number>] [--events=<number>] [--json]';

const parse = Result.fromThrowable(
  (args: string[]) =>
    parseArgs({
      args,
      options: {
        contract: { type: 'string', default: 'all' },
        seed: { type: 'string', default: '1' },
        events: { type: 'string', default: '2000' },
        json: { type: 'boolean', default: false },
      },
    }).values,
  (error) => (error instanceof Error ? error.message : 'The options could not be read.'),
);

const isContract = (name: string): name is ContractName => Object.hasOwn(pricingsOf, name);

/** The error is a sentence for the terminal. */
export function readArguments(argv: readonly string[]): Result<Arguments, string> {
  // A package manager may hand on the `--` that ends its own options.
  const args = argv.filter((argument) => argument !== '--');
  return parse(args).andThen(({ contract, seed, events, json }): Result<Arguments, string> => {
    const contracts = contract === 'all' ? Object.keys(pricingsOf) : [contract];
    if (!contracts.every(isContract)) return err('--contract takes plan, v1.1 or all.');
    if (!/^\d{1,9}$/.test(seed)) return err('--seed takes a whole number.');
    const count = /^\d{1,4}$/.test(events) ? Number(events) : 0;
    if (count < 100 || count > 2_000) return err('--events takes a whole number from 100 to 2000.');
    return ok({ contracts, seed: Number(seed), events: count, json });
  });
}
