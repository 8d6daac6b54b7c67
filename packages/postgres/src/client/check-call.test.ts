import { describe, expect, it } from 'vitest';
import {
  adoptScope,
  checkOrdersTable,
  checkSyncTables,
  createOrdersTable,
  createPostgresStore,
  migrate,
  readScope,
  renderMigrations,
  separateScope,
  surveyScope,
  uninstall,
} from '../index.ts';

const pool = { query: async () => ({ rows: [] }) };
const of = (call: object, given: readonly unknown[]) => () =>
  typeof call === 'function' ? Reflect.apply(call, undefined, given) : null;

describe.each<[string, object, readonly string[]]>([
  ['migrate', migrate, ['mapping']],
  ['uninstall', uninstall, ['mapping']],
  ['checkOrdersTable', checkOrdersTable, ['mapping']],
  ['checkSyncTables', checkSyncTables, ['mapping']],
  ['readScope', readScope, ['mapping']],
  ['surveyScope', surveyScope, ['mapping']],
  ['adoptScope', adoptScope, ['mapping', 'scope', 'actor']],
  ['separateScope', separateScope, ['mapping', 'scope', 'actor']],
  ['createOrdersTable', createOrdersTable, []],
])('%s', (name, call, needed) => {
  it.each([
    ['nothing', []],
    ['null', [null, {}]],
    ['what is no client', [{}, {}]],
  ])('names the client and each option that is missing, given %s', (_, given) => {
    expect(of(call, given)).toThrow(TypeError);
    for (const missing of ['client', ...needed])
      expect(of(call, given)).toThrow(new RegExp(`^${name}: .*\\b${missing}: must`));
  });

  it('says what is missing beside a client, given null', () => {
    expect(of(call, [pool, null])).toThrow(TypeError);
    for (const missing of needed.length === 0 ? ['options'] : needed)
      expect(of(call, [pool, null])).toThrow(new RegExp(`^${name}: .*\\b${missing}: must`));
  });
});

it.each<[string, object, RegExp]>([
  ['createPostgresStore', createPostgresStore, /client: must .*mapping: must|mapping: must .*client: must/],
  ['renderMigrations', renderMigrations, /mapping: must/],
])('%s names what is missing', (name, call, missing) => {
  for (const given of [[], [null], [{}]]) {
    expect(of(call, given)).toThrow(TypeError);
    expect(of(call, given)).toThrow(name);
    expect(of(call, given)).toThrow(missing);
  }
});
