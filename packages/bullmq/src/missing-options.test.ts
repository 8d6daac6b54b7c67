import { expect, it } from 'vitest';
import { createBullmqSync } from './index.ts';

it.each([[], [null], [{}]])('names what is missing, given %s', (...given: unknown[]) => {
  const create = () => Reflect.apply(createBullmqSync, undefined, given);
  expect(create).toThrow(TypeError);
  for (const name of ['engine', 'connection'])
    expect(create).toThrow(new RegExp(`^createBullmqSync: .*\\b${name}: .*must`));
});
