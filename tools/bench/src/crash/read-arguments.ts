import { parseArgs } from 'node:util';
import { err, ok, Result } from 'neverthrow';
import { isQueueName, queueNames } from '../host/queue-name.ts';
import { ordersNeeded } from './change-script.ts';
import type { CrashOptions, ScenarioName } from './crash-options.ts';

export interface Arguments {
  readonly options: CrashOptions;
  readonly json: boolean;
}

export const usage = [
  `Usage: npm run crash-test -- --queue=${queueNames.join('|')} [--scenario=faults|rejected-key] [--contract=plan|v1.1]`,
  '       [--orders=1000] [--phones=300] [--kills=10] [--seed=<number>] [--json]',
].join('\n');

const parse = Result.fromThrowable(
  (args: string[]) =>
    parseArgs({
      args,
      options: {
        queue: { type: 'string' },
        scenario: { type: 'string', default: 'faults' },
        contract: { type: 'string', default: 'plan' },
        orders: { type: 'string', default: '1000' },
        phones: { type: 'string', default: '300' },
        kills: { type: 'string', default: '10' },
        seed: { type: 'string' },
        json: { type: 'boolean', default: false },
      },
    }).values,
  (error) => (error instanceof Error ? error.message : 'The options could not be read.'),
);

const isScenario = (name: string): name is ScenarioName => name === 'faults' || name === 'rejected-key';
const numberOf = (text: string) => (/^\d{1,9}$/.test(text) ? Number(text) : Number.NaN);

/** The error is a sentence for the terminal. */
export function readArguments(argv: readonly string[], drawSeed: () => number): Result<Arguments, string> {
  // A package manager may hand on the `--` that ends its own options.
  const args = argv.filter((argument) => argument !== '--');
  return parse(args).andThen((given): Result<Arguments, string> => {
    const { queue = '', scenario, contract, json } = given;
    if (!isQueueName(queue)) return err(`--queue takes ${queueNames.join(', ')}.`);
    if (!isScenario(scenario)) return err('--scenario takes faults or rejected-key.');
    if (contract !== 'plan' && contract !== 'v1.1') return err('--contract takes plan or v1.1.');
    const seed = given.seed === undefined ? drawSeed() : numberOf(given.seed);
    if (Number.isNaN(seed)) return err('--seed takes a whole number.');
    const [orders, phones, kills] = [numberOf(given.orders), numberOf(given.phones), numberOf(given.kills)];
    if (!(phones >= 10 && phones <= 1_500)) return err('--phones takes a whole number from 10 to 1500.');
    if (!(kills >= 1 && kills <= 100)) return err('--kills takes a whole number from 1 to 100.');
    const needed = ordersNeeded(phones);
    if (!(orders >= needed && orders <= 10_000)) {
      return err(`--orders takes a whole number from ${needed} (for ${phones} phones) to 10000.`);
    }
    return ok({ options: { queue, scenario, contract, seed, orders, phones, kills }, json });
  });
}
