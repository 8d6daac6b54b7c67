import pg from 'pg';
import { weaken } from './mutants.ts';
import { changeAnywhere } from './schema-name.ts';

// Loaded before the package's own tests: what they send to the database lacks the guard of `CBB_SQL_MUTANT`.

const given = process.env.CBB_SQL_MUTANT;
if (given !== undefined) {
  const mutant: { scope: string; weakened: string } = JSON.parse(given);
  const query = pg.Client.prototype.query;
  function weakenedQuery(this: pg.Client, sql: unknown, ...rest: unknown[]): unknown {
    const changed = typeof sql === 'string' ? changeAnywhere(sql, (text) => weaken(text, mutant)) : sql;
    return Reflect.apply(query, this, [changed, ...rest]);
  }
  Reflect.set(pg.Client.prototype, 'query', weakenedQuery);
}
