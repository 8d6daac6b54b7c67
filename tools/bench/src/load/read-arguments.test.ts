import { expect, it } from 'vitest';
import { readArguments } from './read-arguments.ts';

it('reads every option, and has a default for all but the queue', () => {
  const given = ['--queue=pg-boss', '--contract=v1.1', '--orders=500', '--rate=30', '--seed=4', '--json'];
  expect(readArguments(given)._unsafeUnwrap()).toEqual({
    options: { queue: 'pg-boss', contract: 'v1.1', orders: 500, rate: 30, seed: 4 },
    json: true,
  });
  expect(readArguments(['--', '--queue=bullmq'])._unsafeUnwrap()).toEqual({
    options: { queue: 'bullmq', contract: 'plan', orders: 2_000, rate: 40, seed: 1 },
    json: false,
  });
});

it.each([
  [[], '--queue'],
  [['--queue=bullmq', '--contract=x'], '--contract'],
  [['--queue=bullmq', '--orders=10'], '--orders'],
  [['--queue=bullmq', '--rate=0'], '--rate'],
  [['--queue=bullmq', '--seed=x'], '--seed'],
  [['--queue=bullmq', '--orderz=5'], 'orderz'],
])('refuses %j', (args, word) => {
  expect(readArguments(args)._unsafeUnwrapErr()).toContain(word);
});
