import type { Mapping } from '@visanet/cbb-sync';
import { type OrderColumns, ownColumns } from './columns.ts';
import { literal, quote, shortName } from './identifiers.ts';
import type { KeyType } from './key-type.ts';

export type RankType = 'timestamptz' | 'timestamp' | 'bigint' | 'numeric' | 'text';

/** Where the store finds its tables and columns. */
export interface LayoutOptions {
  /** The host's orders. @default public.orders */
  readonly table?: string;
  /**
   * Where the sync keeps what it knows of each order: in columns of the orders table, as the plan has them, or in a
   * table of its own `beside` it, so that the orders table gets triggers and nothing else. @default inline
   */
  readonly state?: 'inline' | 'beside';
  /** The table of its own. @default public.cbb_sync_orders */
  readonly stateTable?: string;
  /** Holds what is known of each contact. @default public.cbb_sync_ledger */
  readonly ledgerTable?: string;
  /** Holds the newest rank that each phone had before the sync. @default public.cbb_sync_history */
  readonly historyTable?: string;
  /** Holds whose contacts the ledger describes, and of which database. @default public.cbb_sync_scope */
  readonly scopeTable?: string;
  /** Holds keyed hashes of erased phones. @default public.cbb_sync_tombstones */
  readonly tombstoneTable?: string;
  /** Holds what operators did. @default public.cbb_sync_audit */
  readonly auditTable?: string;
  /** Holds which migrations ran. @default public.cbb_sync_migrations */
  readonly migrationsTable?: string;
  /** @default the mapping's order id and rank columns, and the plan's `cbb_…` names */
  readonly columns?: Partial<OrderColumns>;
  /** Type of the order id. Only `renderMigrations` needs it, all else reads the catalog. @default text */
  readonly keyType?: KeyType;
  /** Type of the rank column. @default timestamptz */
  readonly rankType?: RankType;
  /**
   * Channel on which a trigger announces due orders, for `listen`. Announcing serialises the host's commits: `migrate`
   * makes such triggers only where a channel is named, and a store listens on `cbb_sync_orders` unless it is `false`.
   */
  readonly notifyChannel?: string | false;
}

/** All names, quoted and ready for SQL. */
export interface Layout {
  /** The host's table. */
  readonly orders: string;
  /** The table with the sync's columns: the same, or ours beside it. Statements call it `s`. */
  readonly state: string;
  readonly beside: boolean;
  /** The order id in the state table. */
  readonly key: string;
  readonly keyType: KeyType;
  readonly ledger: string;
  readonly history: string;
  readonly scope: string;
  readonly tombstones: string;
  readonly audit: string;
  readonly migrations: string;
  /** `orderId` and `rank` are the host's. */
  readonly columns: OrderColumns;
  readonly rankType: RankType;
  /** Where triggers announce. */
  readonly notifyChannel: string | null;
  /** Where a store listens. */
  readonly listenChannel: string | null;
  /** Of the orders table, unquoted and short enough to be part of other names. */
  readonly ordersName: string;
  /** Of the state table, in the same way. */
  readonly stateName: string;
  /** The tables as text literals, for catalog functions. */
  readonly ordersLiteral: string;
  readonly stateLiteral: string;
  /** Columns of the host that a change of makes an order due. */
  readonly watched: readonly string[];
  /** All columns of the host that the mapping reads. */
  readonly read: readonly string[];
}

/** What `migrate` is told where somebody will listen. */
export const defaultChannel = 'cbb_sync_orders';

type LayoutMapping = Pick<Mapping<unknown>, 'orderIdColumn' | 'rankColumn' | 'watchedColumns'>;

export function createLayout(options: LayoutOptions, mapping: LayoutMapping): Layout {
  const table = options.table ?? 'public.orders';
  const beside = options.state === 'beside';
  const stateTable = beside ? (options.stateTable ?? 'public.cbb_sync_orders') : table;
  const columns = columnsOf(options, mapping);
  const watched = mapping.watchedColumns.map(quote);
  return {
    orders: quote(table),
    state: quote(stateTable),
    beside,
    key: beside ? quote('order_id') : columns.orderId,
    keyType: options.keyType ?? 'text',
    ledger: quote(options.ledgerTable ?? 'public.cbb_sync_ledger'),
    history: quote(options.historyTable ?? 'public.cbb_sync_history'),
    scope: quote(options.scopeTable ?? 'public.cbb_sync_scope'),
    tombstones: quote(options.tombstoneTable ?? 'public.cbb_sync_tombstones'),
    audit: quote(options.auditTable ?? 'public.cbb_sync_audit'),
    migrations: quote(options.migrationsTable ?? 'public.cbb_sync_migrations'),
    columns,
    rankType: options.rankType ?? 'timestamptz',
    notifyChannel: options.notifyChannel === false ? null : (options.notifyChannel ?? null),
    listenChannel: options.notifyChannel === false ? null : (options.notifyChannel ?? defaultChannel),
    ordersName: shortName(table),
    stateName: shortName(stateTable),
    ordersLiteral: literal(quote(table)),
    stateLiteral: literal(quote(stateTable)),
    watched,
    read: [...new Set([columns.orderId, columns.rank, ...watched])],
  };
}

function columnsOf({ columns = {} }: LayoutOptions, mapping: LayoutMapping): OrderColumns {
  const names = { ...ownColumns, ...columns };
  return {
    orderId: quote(columns.orderId ?? mapping.orderIdColumn),
    rank: quote(columns.rank ?? mapping.rankColumn),
    contactId: quote(names.contactId),
    status: quote(names.status),
    attemptedAt: quote(names.attemptedAt),
    completedAt: quote(names.completedAt),
    error: quote(names.error),
    contactExists: quote(names.contactExists),
    hasWhatsApp: quote(names.hasWhatsApp),
    attempts: quote(names.attempts),
    crashes: quote(names.crashes),
    version: quote(names.version),
    phoneKey: quote(names.phoneKey),
    dueAt: quote(names.dueAt),
    claimedUntil: quote(names.claimedUntil),
    failingSince: quote(names.failingSince),
    bucket: quote(names.bucket),
    firstRank: quote(names.firstRank),
  };
}
