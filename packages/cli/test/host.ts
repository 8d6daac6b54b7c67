import { createOrdersTable } from '@visanet/cbb-postgres';
import { createOrdersDatabase, type OrdersDatabase } from '@visanet/test-support';

export type HostDatabase = OrdersDatabase;

/** Before `cbb migrate`. */
export const createHostDatabase = () => createOrdersDatabase({ createTable: createOrdersTable });
