import { expect, it } from 'vitest';
import { readArguments } from './read-arguments.ts';

const read = (...args: string[]) => readArguments(args, () => 5);

it('reads every option, and draws a seed where none is given', () => {
  const given = ['--scenario=rejected-key', '--contract=v1.1', '--orders=400', '--phones=100', '--kills=3'];
  expect(read('--queue=bullmq', ...given, '--seed=9', '--json')._unsafeUnwrap()).toEqual({
    options: {
      queue: 'bullmq',
      scenario: 'rejected-key',
      contract: 'v1.1',
      seed: 9,
      orders: 400,
      phones: 100,
      kills: 3,
    },
    json: true,
  });
  expect(read('--', '--queue=function')._unsafeUnwrap()).toMatchObject({
    options: { seed: 5, scenario: 'faults', contract: 'plan', orders: 1_000, phones: 300, kills: 10 },
    json: false,
  });
});

it.each([
  [[], '--queue'],
  [['--queue=kafka'], '--queue'],
  [['--queue=bullmq', '--scenario=x'], '--scenario'],
  [['--queue=bullmq', '--contract=x'], '--contract'],
  [['--queue=bullmq', '--seed=x'], '--seed'],
  [['--queue=bullmq', '--phones=3'], '--phones'],
  [['--queue=bullmq', '--kills=0'], '--kills'],
  [['--queue=bullmq', '--orders=300'], '--orders'],
  [['--queue=bullmq', '--oders=300'], 'oders'],
])('refuses %j', (args, word) => {
  expect(read(...args)._unsafeUnwrapErr()).toContain(word);
});
