import { appendFileSync } from 'node:fs';
import { basename } from 'node:path';
import pg from 'pg';
import { expect } from 'vitest';
import { weaken } from './mutants.ts';
import { changeAnywhere } from './schema-name.ts';
import { siteOfCaller } from './sites.ts';

// Loaded before the package's own tests: what they send to the database lacks the guard of `CBB_SQL_MUTANT`, or is noted
// in the file `CBB_SQL_RECORD`.

const { CBB_SQL_MUTANT: given, CBB_SQL_RECORD: record } = process.env;

function patch(prototype: object, change: (sql: string) => string): void {
  const query: unknown = Reflect.get(prototype, 'query');
  if (typeof query !== 'function') throw new Error('The driver has no query.');
  function changedQuery(this: unknown, sql: unknown, ...rest: unknown[]): unknown {
    return Reflect.apply(Object(query), this, [typeof sql === 'string' ? change(sql) : sql, ...rest]);
  }
  Reflect.set(prototype, 'query', changedQuery);
}

if (given !== undefined) {
  const mutant: { scope: string; weakened: string } = JSON.parse(given);
  patch(pg.Client.prototype, (sql) => changeAnywhere(sql, (text) => weaken(text, mutant)));
}

if (record !== undefined) {
  const noted = new Set<string>();
  // A pool passes on what it is given later, when nothing shows any more who asked.
  for (const prototype of [pg.Pool.prototype, pg.Client.prototype]) {
    patch(prototype, (sql) => {
      const site = siteOfCaller();
      const file = basename(expect.getState().testPath ?? '');
      if (site === null || file === '') return sql;
      changeAnywhere(sql, (text) => {
        const line = `${JSON.stringify({ site, file, sql: text })}\n`;
        if (!noted.has(line)) appendFileSync(record, line);
        noted.add(line);
        return text;
      });
      return sql;
    });
  }
}
