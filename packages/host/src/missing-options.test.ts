import { expect, it } from 'vitest';
import { createCbbSync, createCbbSyncOrThrow, migrateCbbSync } from './index.ts';

const pool = { query: async () => ({ rows: [] }) };

it.each<[string, object, readonly unknown[], string]>([
  ['createCbbSync(null)', createCbbSync, [null], 'createCbbSync: options: must be an object'],
  ['createCbbSyncOrThrow(null)', createCbbSyncOrThrow, [null], 'createCbbSync: options: must be an object'],
  ['migrateCbbSync()', migrateCbbSync, [], 'migrateCbbSync: client: must have the methods query'],
  ['migrateCbbSync({})', migrateCbbSync, [{}], 'migrateCbbSync: client: must have the methods query'],
  ['migrateCbbSync(pool, null)', migrateCbbSync, [pool, null], 'migrateCbbSync: options: must be an object'],
])('%s names what is missing', async (_, call, given, said) => {
  const untyped = async () => (typeof call === 'function' ? Reflect.apply(call, undefined, given) : null);
  await expect(untyped()).rejects.toThrow(new TypeError(said));
});
