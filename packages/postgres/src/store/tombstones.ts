import type { StoreError } from '@visanet/cbb-sync';
import type { ResultAsync } from 'neverthrow';
import * as z from 'zod';
import type { StoreParts } from './store-parts.ts';

const found = z.object({ found: z.boolean() });

export function createIsErased<O>({ database, layout }: StoreParts<O>) {
  const sql = `SELECT jsonb_build_object('found', EXISTS (
    SELECT 1 FROM ${layout.tombstones} t WHERE t.tombstone = $1::text))::text AS answer`;
  return (tombstone: string): ResultAsync<boolean, StoreError> =>
    database.ask(sql, [tombstone], found).map((answer) => answer.found);
}

export function createLiftTombstone<O>({ database, layout }: StoreParts<O>) {
  const sql = `WITH lifted AS (DELETE FROM ${layout.tombstones} t WHERE t.tombstone = $1::text RETURNING 1)
    SELECT jsonb_build_object('found', EXISTS (SELECT 1 FROM lifted))::text AS answer`;
  return (tombstone: string): ResultAsync<boolean, StoreError> =>
    database.ask(sql, [tombstone], found).map((answer) => answer.found);
}
