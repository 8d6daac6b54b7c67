import { describe, expect, it } from 'vitest';
import { readArguments } from './read-arguments.ts';

describe('readArguments', () => {
  it('takes the samples without faults by default', () => {
    expect(readArguments([])._unsafeUnwrap()).toEqual({
      orders: null,
      contract: 'v1.1',
      faults: false,
      json: false,
      seed: 1,
    });
  });

  it('reads every option and ignores a literal --', () => {
    const argv = ['--', '--orders=500', '--contract=plan', '--faults', '--seed=7', '--json'];
    expect(readArguments(argv)._unsafeUnwrap()).toEqual({
      orders: 500,
      contract: 'plan',
      faults: true,
      json: true,
      seed: 7,
    });
  });

  it.each([
    '--order=5',
    '--orders=0',
    '--orders=5001',
    '--orders=many',
    '--seed=-1',
    '--contract=v2',
    '--json=yes',
    'extra',
  ])('refuses %s', (argument) => {
    expect(readArguments([argument]).isErr()).toBe(true);
  });
});
