import pg from 'pg';
import { weaken } from './mutants.ts';

// Loaded before the package's own tests: what they send to the database lacks the guard of `CBB_SQL_MUTANT`.

/** Each file of tests has a schema of its own; guards are named as they read in this one. */
export const suiteSchema = 'cbb_000000000000';
const anySchema = /\bcbb_[0-9a-f]{12}\b/;

const given = process.env.CBB_SQL_MUTANT;
if (given !== undefined) {
  const mutant: { scope: string; weakened: string } = JSON.parse(given);
  const query = pg.Client.prototype.query;
  function weakenedQuery(this: pg.Client, sql: unknown, ...rest: unknown[]): unknown {
    return Reflect.apply(query, this, [typeof sql === 'string' ? weakenAnywhere(sql, mutant) : sql, ...rest]);
  }
  Reflect.set(pg.Client.prototype, 'query', weakenedQuery);
}

function weakenAnywhere(sql: string, mutant: { scope: string; weakened: string }): string {
  const schema = anySchema.exec(sql)?.[0];
  if (schema === undefined) return weaken(sql, mutant);
  return weaken(sql.replaceAll(schema, suiteSchema), mutant).replaceAll(suiteSchema, schema);
}
