import { describe, expect, it } from 'vitest';
import { createHasher, createMemoryStore, createSyncEngine, defineMapping } from '../index.ts';

/** As a host without types calls, that forgot something. */
const untyped = (create: object, given: unknown) => () =>
  typeof create === 'function' ? Reflect.apply(create, undefined, [given]) : null;

describe.each<[string, object, readonly string[]]>([
  ['createSyncEngine', createSyncEngine, ['store', 'gateway', 'mapping']],
  ['createMemoryStore', createMemoryStore, ['mapping']],
  ['defineMapping', defineMapping, ['schema', 'orderId', 'phone', 'rank', 'fields']],
])('%s', (name, create, needed) => {
  it.each([
    ['{}', {}],
    ['members without a value', Object.fromEntries(needed.map((option) => [option, undefined]))],
  ])('names each option that is missing, given %s', (_, given) => {
    expect(untyped(create, given)).toThrow(TypeError);
    for (const option of needed)
      expect(untyped(create, given)).toThrow(new RegExp(`${name}.*\\b${option}\\b`, 's'));
  });

  it.each([[undefined], [null]])('says what it is without any, given %s', (given) => {
    expect(untyped(create, given)).toThrow(TypeError);
    expect(untyped(create, given)).toThrow(name);
    expect(untyped(create, given)).not.toThrow(/undefined or null|Cannot/);
  });
});

it('null is no options, also where all may be left out', () => {
  expect(untyped(createHasher, null)).toThrow('createHasher: options: must be an object');
  expect(untyped(createHasher, undefined)).not.toThrow();
});
