import type { Mapping, OptionRule, StoreError } from '@visanet/cbb-sync';
import type { ResultAsync } from 'neverthrow';
import { checkFacts } from '../catalog/check-facts.ts';
import { readTableFacts } from '../catalog/table-facts.ts';
import { checkCall } from '../client/check-call.ts';
import { createDatabase } from '../client/database.ts';
import type { PostgresClient } from '../client/postgres-client.ts';
import { createLayout, type LayoutOptions } from '../layout/layout.ts';
import { layoutRules, mappingProblem } from '../layout/layout-rules.ts';

export interface OrdersTableOptions extends LayoutOptions {
  /** Its watched columns must be there; they become the re-arm trigger's. */
  readonly mapping: Pick<Mapping<unknown>, 'orderIdColumn' | 'rankColumn' | 'watchedColumns' | 'parse'>;
}

export const ordersTableRules: Readonly<Record<string, OptionRule>> = {
  ...layoutRules,
  mapping: mappingProblem,
};

/**
 * Whether tables, columns and triggers of the sync are there too, of the version that this package needs. All that is
 * wrong comes in one error. Reads the catalog alone.
 *
 * @throws TypeError that lists every problem of the options
 */
export function checkSyncTables(
  client: PostgresClient,
  options: OrdersTableOptions,
): ResultAsync<void, StoreError> {
  checkCall('checkSyncTables', client, options, ordersTableRules);
  return checkParts(client, options, 'all');
}

/**
 * Whether the host's own part of the schema is there, which `migrate` asks for before it does anything: the orders
 * table, the columns of the mapping, a unique order id of a type that the sync can work with. All that is wrong comes
 * in one error. Reads the catalog alone.
 *
 * @throws TypeError that lists every problem of the options
 */
export function checkOrdersTable(
  client: PostgresClient,
  options: OrdersTableOptions,
): ResultAsync<void, StoreError> {
  checkCall('checkOrdersTable', client, options, ordersTableRules);
  return checkParts(client, options, 'host');
}

function checkParts(client: PostgresClient, options: OrdersTableOptions, parts: 'host' | 'all') {
  const layout = createLayout(options, options.mapping);
  return readTableFacts(createDatabase(client), layout)
    .andThen((facts) => checkFacts(facts, layout, parts))
    .map(() => undefined);
}
