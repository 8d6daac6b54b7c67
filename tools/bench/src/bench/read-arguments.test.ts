import { describe, expect, it } from 'vitest';
import { readArguments } from './read-arguments.ts';

describe('readArguments', () => {
  it('takes the whole standard trace on both contracts by default', () => {
    const expected = { contracts: ['plan', 'v1.1'], seed: 1, events: 2_000, json: false };
    expect(readArguments([])._unsafeUnwrap()).toEqual(expected);
  });

  it('reads every option and ignores a literal --', () => {
    const argv = ['--', '--contract=v1.1', '--seed=7', '--events=100', '--json'];
    const expected = { contracts: ['v1.1'], seed: 7, events: 100, json: true };
    expect(readArguments(argv)._unsafeUnwrap()).toEqual(expected);
  });

  it.each([
    '--contrakt=plan',
    '--contract=v2',
    '--seed=x',
    '--events=99',
    '--events=2001',
    '--json=1',
    'extra',
  ])('refuses %s', (argument) => {
    expect(readArguments([argument]).isErr()).toBe(true);
  });
});
