import type { PostgresClient } from '@visanet/cbb-postgres';
import * as z from 'zod';
import { type Check, failure, ok } from './check.ts';

const name = 'permissions';
const answer = z.array(
  z.object({ name: z.string(), allowed: z.boolean().nullable(), hides: z.boolean().nullable() }),
);

const sql = `SELECT t.name, row_security_active(c.oid) AS hides,
    has_table_privilege(c.oid, 'SELECT') AND has_table_privilege(c.oid, 'UPDATE') AS allowed
  FROM unnest($1::text[]) t(name) JOIN pg_class c ON c.oid = to_regclass(t.name)`;

/** Whether the role may use the tables that are there, and sees all of their rows. */
export async function checkAccess(
  pool: PostgresClient,
  tables: readonly string[],
  allowRowSecurity: boolean,
): Promise<Check> {
  const rows = await pool.query(sql, [tables]).then(
    (found): readonly unknown[] => found.rows,
    () => null,
  );
  const parsed = answer.safeParse(rows);
  if (!parsed.success) return failure(name, 'they cannot be read', 'let the role read the catalog');
  const closed = parsed.data.filter(({ allowed }) => allowed !== true).map((table) => table.name);
  if (closed.length > 0) {
    const message = `the database role lacks a permission on ${closed.join(', ')}`;
    return failure(name, message, 'Grant the role access to the tables of the sync and to the orders.');
  }
  const hidden = parsed.data.filter(({ hides }) => hides === true).map((table) => table.name);
  if (hidden.length > 0 && !allowRowSecurity) {
    const message = `row-level security may hide rows of ${hidden.join(', ')} from the database role`;
    return failure(name, message, 'use a role that bypasses it, or set store.allowRowSecurity in --config');
  }
  return ok(name, 'the role may read and write');
}
