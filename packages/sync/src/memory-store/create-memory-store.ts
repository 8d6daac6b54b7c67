import { errAsync, okAsync, type ResultAsync } from 'neverthrow';
import type { Mapping } from '../mapping/mapping.ts';
import { checkOptions, hasMethods, type OptionRules, optional, rule } from '../options/check-options.ts';
import { isObject } from '../options/is-object.ts';
import { type Clock, systemClock } from '../ports/clock.ts';
import type { OrderStore, StoreError } from '../ports/order-store.ts';
import { begin } from './begin.ts';
import { claimDue, listDue, unkeyedPending } from './due.ts';
import { beginErase, completeErase } from './erase.ts';
import { complete, release } from './finish.ts';
import { createHost, type MemoryHost, saveContent } from './host.ts';
import { contentOf } from './rows.ts';
import { settle } from './settle.ts';
import { takeSnapshot } from './snapshot.ts';
import {
  emptyLedger,
  emptyState,
  heldLedger,
  isLocked,
  type MemoryState,
  makeDue,
  type OrderRow,
  startAnew,
  toStored,
} from './state.ts';
import { voidLedger } from './void-ledger.ts';

export interface MemoryStoreOptions<O> {
  readonly mapping: Mapping<O>;
  /** @default the system's monotonic clock */
  readonly clock?: Pick<Clock, 'now'>;
}

/** What a host's table would hold of one order, for hosts, tests and demos to look at. */
export type MemoryOrder<O> = Readonly<OrderRow<O>>;

export interface MemoryStore<O> extends OrderStore<O> {
  /**
   * The host's insert or update, as a table with the re-arm trigger would take it: the same content changes nothing
   * but makes an unfinished order due, other content makes the order pending. The rank is set by the first save only.
   * An order without a property for every mapped column cannot be read: its sync fails as `row_invalid`.
   */
  save(order: O): void;
  get(orderId: string): MemoryOrder<O> | undefined;
  list(): readonly MemoryOrder<O>[];
  /** Phone keys whose contact lost its only order: for a person to decide. */
  orphanedPhones(): readonly string[];
  readonly host: MemoryHost<O>;
}

const rules: OptionRules = {
  mapping: rule(
    'must be made by defineMapping',
    (mapping) => isObject(mapping) && 'parse' in mapping && 'watchedColumns' in mapping,
  ),
  clock: optional(hasMethods('now')),
};

/**
 * Orders in memory: for demos, tests and single processes that may forget. Not durable.
 *
 * @throws {TypeError} listing every problem of the options.
 */
export function createMemoryStore<O extends object>(options: MemoryStoreOptions<O>): MemoryStore<O> {
  checkOptions('createMemoryStore', options, rules);
  return storeOver(emptyState(options.mapping, options.clock ?? systemClock));
}

/** The store over a state that tests can look into, and damage. */
export function storeOver<O extends object>(state: MemoryState<O>): MemoryStore<O> {
  const { mapping } = state;

  function onRow<T>(orderId: string, use: (row: OrderRow<O>) => T): ResultAsync<T, StoreError> {
    const row = state.rows.get(orderId);
    return row === undefined ? errAsync(rowMissing) : okAsync(use(row));
  }

  function touch(orderId: string, change: (row: OrderRow<O>) => void): ResultAsync<boolean, StoreError> {
    const row = state.rows.get(orderId);
    if (row !== undefined) change(row);
    return okAsync(row !== undefined);
  }

  return {
    host: createHost(state),
    save: (order) => saveContent(state, mapping.orderIdOf(order), contentOf(mapping, order)),
    get: (orderId) => state.rows.get(orderId),
    list: () => [...state.rows.values()],
    orphanedPhones: () => [...state.ledgers].flatMap(([key, ledger]) => (ledger.orphaned ? [key] : [])),

    load(orderId, unkeyedLimit) {
      const row = state.rows.get(orderId);
      if (row === undefined) return okAsync(null);
      const unkeyed = unkeyedPending(state, row, unkeyedLimit)
        .map((other) => toStored(state, other))
        .filter((stored) => stored.readable);
      return okAsync({ order: toStored(state, row), unkeyed });
    },
    admit: (orderId) =>
      onRow<'admitted' | 'locked'>(orderId, (row) => {
        if (isLocked(state, row)) return 'locked';
        if (row.status === 'history') makeDue(state, row);
        return 'admitted';
      }),
    settle: (input) => onRow(input.orderId, () => settle(state, input)),
    begin: (input) => onRow(input.orderId, () => begin(state, input)),
    renew(phone, token, leaseMs) {
      const ledger = heldLedger(state, phone.phoneKey, token);
      if (ledger === null) return okAsync('lost');
      ledger.lease = { token, expiresAt: state.clock.now() + leaseMs };
      return okAsync('held');
    },
    complete: (input) => okAsync(complete(state, input)),
    release: (input) => okAsync(release(state, input)),
    voidLedger: (phone, orderId) => onRow(orderId, () => voidLedger(state, phone, orderId)),
    claimDue: (input) => okAsync(claimDue(state, input)),
    listDue: (input) => okAsync(listDue(state, input)),
    arm: (orderId) =>
      touch(orderId, (row) => {
        const unfinished = row.status === 'pending' || row.status === 'syncing';
        if (unfinished && !isLocked(state, row)) makeDue(state, row);
      }),
    rearm: (orderId) =>
      touch(orderId, (row) => {
        if (row.status !== 'history') startAnew(state, row);
      }),
    peek: (orderId, phoneKey) =>
      onRow(orderId, (row) => {
        const ledger = state.ledgers.get(phoneKey) ?? emptyLedger();
        return takeSnapshot(state, phoneKey, ledger, { unclean: ledger.unclean || ledger.voided, own: row });
      }),
    beginErase: (phone, leaseMs) => okAsync(beginErase(state, phone, leaseMs)),
    completeErase: (phone, token) => okAsync(completeErase(state, phone, token)),
    isErased: (tombstone) => okAsync(state.tombstones.has(tombstone)),
    liftTombstone: (tombstone) => okAsync(state.tombstones.delete(tombstone)),
  };
}

const rowMissing: StoreError = Object.freeze({
  kind: 'row_missing',
  message: 'The order is not in the memory store.',
  retryable: false,
});
