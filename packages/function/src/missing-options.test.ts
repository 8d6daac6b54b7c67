import { expect, it } from 'vitest';
import { createFunctionSync } from './index.ts';

it.each([[], [null], [{}]])('names what is missing, given %s', (...given: unknown[]) => {
  const create = () => Reflect.apply(createFunctionSync, undefined, given);
  expect(create).toThrow(TypeError);
  for (const name of ['engine'])
    expect(create).toThrow(new RegExp(`^createFunctionSync: .*\\b${name}: .*must`));
});
