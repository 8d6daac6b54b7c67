import type { StoreError } from '@visanet/cbb-sync';
import type { ResultAsync } from 'neverthrow';
import * as z from 'zod';
import type { StoreParts } from '../store/store-parts.ts';

export interface RowSecurity {
  /** Row-level security applies to this database role on the orders, or on the state beside them. */
  readonly applies: boolean;
  /** It sees at least one order; false where there is none, too. */
  readonly seesOrders: boolean;
}

const answer = z.object({ applies: z.boolean(), seesOrders: z.boolean() });

/** Whether rows may be hidden from the database role, which no statement complains about. */
export function createReadRowSecurity({ database, layout }: StoreParts<unknown>) {
  const { orders, ordersLiteral, stateLiteral, beside } = layout;
  const tables = beside ? [ordersLiteral, stateLiteral] : [ordersLiteral];
  const sql = `SELECT jsonb_build_object(
    'applies', ${tables.map((table) => `row_security_active(${table}::regclass)`).join(' OR ')},
    'seesOrders', EXISTS (SELECT 1 FROM ${orders}))::text AS answer`;
  return (): ResultAsync<RowSecurity, StoreError> => database.ask(sql, [], answer);
}
