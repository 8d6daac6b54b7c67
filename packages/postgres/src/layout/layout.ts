import type { Mapping } from '@visanet/cbb-sync';
import { type OrderColumns, ownColumns } from './columns.ts';
import { baseName, literal, quote } from './identifiers.ts';

export type RankType = 'timestamptz' | 'timestamp' | 'bigint' | 'numeric' | 'text';

/** Where the store finds its tables and columns. */
export interface LayoutOptions {
  /** @default public.orders */
  readonly table?: string;
  /** Holds what is known of each contact. @default public.cbb_sync_ledger */
  readonly ledgerTable?: string;
  /** Holds keyed hashes of erased phones. @default public.cbb_sync_tombstones */
  readonly tombstoneTable?: string;
  /** Holds what operators did. @default public.cbb_sync_audit */
  readonly auditTable?: string;
  /** Holds which migrations ran. @default public.cbb_sync_migrations */
  readonly migrationsTable?: string;
  /** @default the mapping's order id and rank columns, and the plan's `cbb_…` names */
  readonly columns?: Partial<OrderColumns>;
  /** Type of the rank column. @default timestamptz */
  readonly rankType?: RankType;
  /** Channel on which the trigger announces due orders; `false`: none. @default cbb_sync_orders */
  readonly notifyChannel?: string | false;
}

/** All names, quoted and ready for SQL. */
export interface Layout {
  readonly orders: string;
  readonly ledger: string;
  readonly tombstones: string;
  readonly audit: string;
  readonly migrations: string;
  readonly columns: OrderColumns;
  readonly rankType: RankType;
  readonly notifyChannel: string | null;
  /** Of the orders table, unquoted and short enough to be part of other names. */
  readonly ordersName: string;
  /** The orders table as a text literal, for catalog functions. */
  readonly ordersLiteral: string;
  readonly watched: readonly string[];
}

type LayoutMapping = Pick<Mapping<unknown>, 'orderIdColumn' | 'rankColumn' | 'watchedColumns'>;

const defaultChannel = 'cbb_sync_orders';

export function createLayout(options: LayoutOptions, mapping: LayoutMapping): Layout {
  const table = options.table ?? 'public.orders';
  const { orderId, rank, ...own } = options.columns ?? {};
  const columns = { ...ownColumns, ...own };
  return {
    orders: quote(table),
    ledger: quote(options.ledgerTable ?? 'public.cbb_sync_ledger'),
    tombstones: quote(options.tombstoneTable ?? 'public.cbb_sync_tombstones'),
    audit: quote(options.auditTable ?? 'public.cbb_sync_audit'),
    migrations: quote(options.migrationsTable ?? 'public.cbb_sync_migrations'),
    columns: {
      orderId: quote(orderId ?? mapping.orderIdColumn),
      rank: quote(rank ?? mapping.rankColumn),
      contactId: quote(columns.contactId),
      status: quote(columns.status),
      attemptedAt: quote(columns.attemptedAt),
      completedAt: quote(columns.completedAt),
      error: quote(columns.error),
      contactExists: quote(columns.contactExists),
      hasWhatsApp: quote(columns.hasWhatsApp),
      attempts: quote(columns.attempts),
      crashes: quote(columns.crashes),
      version: quote(columns.version),
      phoneKey: quote(columns.phoneKey),
      dueAt: quote(columns.dueAt),
      bucket: quote(columns.bucket),
    },
    rankType: options.rankType ?? 'timestamptz',
    notifyChannel: options.notifyChannel === false ? null : (options.notifyChannel ?? defaultChannel),
    ordersName: baseName(table).slice(0, 30),
    ordersLiteral: literal(quote(table)),
    watched: mapping.watchedColumns.map(quote),
  };
}
