import { createOrdersTable } from '@visanet/cbb-postgres';
import { createOrdersDatabase, type OrdersDatabase } from '@visanet/test-support';
import { migrateCbbSync } from '../src/migrate-cbb-sync.ts';

export type { OrdersDatabase };

/** Migrated, as a host would. */
export const openOrdersDatabase = () =>
  createOrdersDatabase({ createTable: createOrdersTable, migrate: migrateCbbSync });
