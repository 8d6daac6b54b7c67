import { newName } from '@visanet/test-support';
import { describe, expect, it } from 'vitest';
import { guardsOf } from './guards.ts';
import { changeAnywhere } from './schema-name.ts';

const mutantsOf = (sql: string) =>
  guardsOf(sql).map(({ start, end, instead }) => sql.slice(0, start) + instead + sql.slice(end));

describe('guardsOf', () => {
  it.each([
    ['SELECT 1 FROM t WHERE a = 1', ['SELECT 1 FROM t WHERE true']],
    [
      'UPDATE t SET x = 1 WHERE a = 1 AND b BETWEEN 1 AND 2 RETURNING 1',
      [
        'UPDATE t SET x = 1 WHERE true AND b BETWEEN 1 AND 2 RETURNING 1',
        'UPDATE t SET x = 1 WHERE a = 1 AND true RETURNING 1',
      ],
    ],
    [
      'SELECT 1 WHERE NOT (a OR b) AND c',
      [
        'SELECT 1 WHERE true AND c',
        'SELECT 1 WHERE NOT (false OR b) AND c',
        'SELECT 1 WHERE NOT (a OR false) AND c',
        'SELECT 1 WHERE NOT (a OR b) AND true',
      ],
    ],
    ['SELECT 1 FROM a JOIN b ON a.x IS NOT DISTINCT FROM b.x', ['SELECT 1 FROM a JOIN b ON true']],
    [
      'UPDATE t SET a = CASE WHEN x THEN 1 ELSE 2 END, b = b AND NOT c, d = true',
      [
        'UPDATE t SET a = CASE WHEN true THEN 1 ELSE 2 END, b = b AND NOT c, d = true',
        'UPDATE t SET a = CASE WHEN false THEN 1 ELSE 2 END, b = b AND NOT c, d = true',
        'UPDATE t SET a = CASE WHEN x THEN 1 ELSE 2 END, b = true AND NOT c, d = true',
        'UPDATE t SET a = CASE WHEN x THEN 1 ELSE 2 END, b = b AND true, d = true',
        'UPDATE t SET a = CASE WHEN x THEN 1 ELSE 2 END, b = b AND NOT c, d = false',
      ],
    ],
    [
      'SELECT 1 FROM t ORDER BY a COLLATE "C" FOR NO KEY UPDATE OF t SKIP LOCKED',
      [
        'SELECT 1 FROM t ORDER BY a  FOR NO KEY UPDATE OF t SKIP LOCKED',
        'SELECT 1 FROM t ORDER BY a COLLATE "C" ',
        'SELECT 1 FROM t ORDER BY a COLLATE "C" FOR NO KEY UPDATE OF t',
      ],
    ],
    ["INSERT INTO t VALUES ('a AND b', $1) ON CONFLICT (a) DO NOTHING", []],
    ['SELECT CASE a WHEN 1 THEN 2 END', []],
  ])('%s', (sql, mutants) => {
    expect(mutantsOf(sql)).toEqual(mutants);
  });
});

describe('changeAnywhere', () => {
  it('shows a statement of any test’s schema as that of one and the same', () => {
    const schema = newName();
    const shown: string[] = [];
    const note = (sql: string) => {
      shown.push(sql);
      return sql.replace('true', 'false');
    };
    expect(changeAnywhere(`SELECT true FROM "${schema}".orders`, note)).toBe(
      `SELECT false FROM "${schema}".orders`,
    );
    expect(shown).toEqual(['SELECT true FROM "cbb_000000000000".orders']);
  });
});
