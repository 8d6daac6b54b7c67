export type { Result, ResultAsync } from 'neverthrow';
export type { PostgresClient } from './client/postgres-client.ts';
export type { OrderColumns } from './layout/columns.ts';
export type { KeyType } from './layout/key-type.ts';
export { defaultChannel, type LayoutOptions, type RankType } from './layout/layout.ts';
export type { DirectClient, Listener, ListenOptions, ListenState } from './listen/listen.ts';
export { checkOrdersTable, checkSyncTables, type OrdersTableOptions } from './migrate/check-table.ts';
export { type CreatedTable, createOrdersTable } from './migrate/create-orders-table.ts';
export {
  type MigrateOptions,
  type MigrationError,
  type MigrationReport,
  migrate,
} from './migrate/migrate.ts';
export type { MigrationBusy } from './migrate/migration-lease.ts';
export { ordersTableSql } from './migrate/orders-table-sql.ts';
export { type MigrationFile, renderMigrations } from './migrate/render-migrations.ts';
export { migrationNames } from './migrate/steps.ts';
export { type UninstallOptions, type UninstallReport, uninstall } from './migrate/uninstall.ts';
export type { CountOptions, StatusCounts } from './operator/count-by-status.ts';
export type { FailedOrders } from './operator/failed-orders.ts';
export type { FailureFilter } from './operator/failure-filter.ts';
export type { FailureGroup } from './operator/failures.ts';
export type { OperatorReads } from './operator/operator-reads.ts';
export type { OrderRange } from './operator/order-ids-between.ts';
export type { OrderIdBatches } from './operator/pages.ts';
export type { AuditEntry } from './operator/record-audit.ts';
export type { RowSecurity } from './operator/row-security.ts';
export type { ScopeProof, ScopeRefusal } from './scope/ask-scope.ts';
export {
  adoptScope,
  type ChangeScopeOptions,
  readScope,
  type ScopeOptions,
  type ScopeSurvey,
  type SeparateReport,
  separateScope,
  surveyScope,
} from './scope/change-scope.ts';
export type { DatabaseIdentity } from './scope/database-identity.ts';
export { scopeDiffers } from './scope/scope-errors.ts';
export type { ProvenScope, ScopeRow } from './scope/scope-row.ts';
export {
  createPostgresStore,
  type PostgresStore,
  type PostgresStoreOptions,
} from './store/create-postgres-store.ts';
