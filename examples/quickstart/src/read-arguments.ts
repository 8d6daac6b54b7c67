import { parseArgs } from 'node:util';
import type { ContractName } from '@visanet/cbb-testkit';
import { err, ok, Result } from 'neverthrow';

export interface Arguments {
  /** Null: the twelve samples. */
  readonly orders: number | null;
  readonly contract: ContractName;
  readonly faults: boolean;
  readonly json: boolean;
  readonly seed: number;
}

export const usage =
  'Usage: npm start -- [--orders=1..5000] [--contract=v1.1|plan] [--faults] [--seed=<number>] [--json]';

const contracts: readonly ContractName[] = ['v1.1', 'plan'];

/** The error is a sentence for the terminal. */
export function readArguments(argv: readonly string[]): Result<Arguments, string> {
  // Some runners hand on the `--` that ends their own options.
  const args = argv.filter((argument) => argument !== '--');
  return parse(args).andThen(({ orders, contract: spoken, seed, faults, json }) => {
    const count = orders === undefined ? null : wholeNumber(orders, 1, 5_000);
    if (count === undefined) return err('--orders takes a whole number from 1 to 5000.');
    const draw = wholeNumber(seed, 0, 2 ** 31);
    if (draw === undefined) return err('--seed takes a whole number from 0 to 2147483648.');
    const contract = contracts.find((name) => name === spoken);
    if (contract === undefined) return err('--contract takes v1.1 or plan.');
    return ok({ orders: count, contract, seed: draw, faults, json });
  });
}

const parse = Result.fromThrowable(
  (args: string[]) =>
    parseArgs({
      args,
      options: {
        orders: { type: 'string' },
        contract: { type: 'string', default: 'v1.1' },
        seed: { type: 'string', default: '1' },
        faults: { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
      },
    }).values,
  (error) => (error instanceof Error ? error.message : 'The options could not be read.'),
);

function wholeNumber(text: string, min: number, max: number): number | undefined {
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  return value >= min && value <= max ? value : undefined;
}
