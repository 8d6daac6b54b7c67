import {
  type MigrateOptions,
  type MigrationError,
  type MigrationReport,
  migrate,
  type PostgresClient,
} from '@visanet/cbb-postgres';
import { ensureRateLimitTable, type RateLimitStoreFailure } from '@visanet/cbb-rate-limit';
import { checkOptions, hasMethods, isObject, type Mapping, rule } from '@visanet/cbb-sync';
import { ResultAsync } from 'neverthrow';
import { migrationMapping } from './parts/migration-mapping.ts';

export interface MigrateCbbSyncOptions extends Omit<MigrateOptions, 'mapping'> {
  /** @default the columns of each preset that the table can serve */
  readonly mapping?: Mapping<unknown>;
}

const argumentRules = { client: hasMethods('query'), options: rule('must be an object', isObject) };

/**
 * All that the sync needs of a database: columns, trigger and tables of the store, and the table of the request limit.
 * Once per deployment, past a pooler, by a role that may create tables; it can run any number of times.
 *
 * @param client a pool of `pg`
 * @throws TypeError that lists every wrong option
 */
export function migrateCbbSync(
  client: PostgresClient,
  options: MigrateCbbSyncOptions = {},
): ResultAsync<MigrationReport, MigrationError | RateLimitStoreFailure> {
  checkOptions('migrateCbbSync', { client, options }, argumentRules);
  const mapping = options.mapping ?? migrationMapping(client, options.table);
  return ResultAsync.fromSafePromise(Promise.resolve(mapping))
    .andThen((watched) => migrate(client, { ...options, mapping: watched }))
    .andThrough(() => ensureRateLimitTable(client));
}
