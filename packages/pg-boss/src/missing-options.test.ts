import { expect, it } from 'vitest';
import { createPgBossSync } from './index.ts';

it.each([[], [null], [{}]])('names what is missing, given %s', (...given: unknown[]) => {
  const create = () => Reflect.apply(createPgBossSync, undefined, given);
  expect(create).toThrow(TypeError);
  for (const name of ['engine', 'boss'])
    expect(create).toThrow(new RegExp(`^createPgBossSync: .*\\b${name}: .*must`));
});
