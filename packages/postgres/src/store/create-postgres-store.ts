import {
  checkOptions,
  hasMethods,
  isFunction,
  type Mapping,
  type OrderStore,
  optional,
  type StartReport,
  type StoreError,
  wholeNumber,
} from '@visanet/cbb-sync';
import { err, ok, type Result } from 'neverthrow';
import { createDatabase } from '../client/database.ts';
import type { PostgresClient } from '../client/postgres-client.ts';
import { rowMissing } from '../client/store-errors.ts';
import { isKey } from '../layout/key-type.ts';
import { createLayout, type LayoutOptions } from '../layout/layout.ts';
import { layoutRules, mappingProblem } from '../layout/layout-rules.ts';
import { createListen, type Listener, type ListenOptions } from '../listen/listen.ts';
import type { OperatorReads } from '../operator/operator-reads.ts';
import { startedReads } from '../operator/started-reads.ts';
import type { ScopeProof } from '../scope/ask-scope.ts';
import type { ProvenScope } from '../scope/scope-row.ts';
import { scopeProblem } from '../scope/scope-rules.ts';
import { type Checked, createCheckedStore } from './checked-store.ts';
import { answered, createStartedStore } from './started-store.ts';

export interface PostgresStoreOptions<O> extends LayoutOptions {
  /** A `pg` pool, through a transaction-mode pooler too, or a PGlite instance. Stays the host's to end. */
  readonly client: PostgresClient;
  readonly mapping: Mapping<O>;
  /**
   * Whose contacts the ledger describes, as the client proves it: `() => client.scope()`. Kept in the database by the
   * first that comes; who comes with another one is refused. What concerns no account, as enqueueing and counting, needs
   * none.
   *
   * @default what the database keeps
   */
  readonly scope?: ProvenScope | ScopeProof;
  /**
   * Row-level security that applies to the database role is meant so: rows that it hides are not the sync's. Else
   * finding nothing under row-level security is an error. @default false
   */
  readonly allowRowSecurity?: boolean;
  /** How long the database, and then `scope`, may take to answer at the start, in milliseconds. @default 30000 */
  readonly startTimeoutMs?: number;
  /**
   * A standby took over the database's server, noticed at the start or within a minute: what the ledger learned in the
   * last ten minutes is void, so that the orders concerned are written again. Told once, to the store that came first.
   */
  readonly onFailover?: (report: StartReport) => void;
}

export interface PostgresStore<O> extends OrderStore<O>, OperatorReads {
  /** Checks tables, scope and database. Every method does so first, once; workers do it to tell what is wrong. */
  start(): ReturnType<NonNullable<OrderStore<O>['start']>>;
  rearm(orderId: string): ReturnType<OrderStore<O>['rearm']>;
  /** The same within the host's own transaction: `transaction` is the client that holds it. */
  rearm(transaction: PostgresClient, orderId: string): ReturnType<OrderStore<O>['rearm']>;
  /** Calls back with each order that the trigger announces; needs a direct connection, not a pooler's. */
  listen(options: ListenOptions): Listener;
}

/**
 * The order store on the host's Postgres.
 *
 * @throws TypeError that lists every problem of the options
 */
export function createPostgresStore<O>(options: PostgresStoreOptions<O>): PostgresStore<O> {
  checkOptions('createPostgresStore', options, {
    ...layoutRules,
    client: hasMethods('query'),
    mapping: mappingProblem,
    scope: optional((value) => (isFunction(value) === undefined ? undefined : scopeProblem(value))),
    allowRowSecurity: optional((value) => (typeof value === 'boolean' ? undefined : 'must be true or false')),
    startTimeoutMs: optional(wholeNumber(1)),
    onFailover: optional(isFunction),
  });
  const layout = createLayout(options, options.mapping);
  const parts = {
    database: createDatabase(options.client),
    layout,
    mapping: options.mapping,
    allowRowSecurity: options.allowRowSecurity ?? false,
  };
  const store = createStartedStore<O>({
    ...parts,
    prove: proofOf(options.scope),
    startTimeoutMs: options.startTimeoutMs ?? 30_000,
    onFailover: options.onFailover ?? (() => undefined),
  });

  const tables = createCheckedStore<O>(parts);
  /** What writes to no ledger; a store that was given an account proves it all the same. */
  const free: Pick<typeof tables, 'with'> = options.scope === undefined ? tables : store;

  /** An id that can be no order's, as one that is no uuid where orders have those, is that of no order. */
  const known = <T>(
    orderId: string,
    use: (found: Checked<O>) => PromiseLike<Result<T, StoreError>>,
    unknown: Answer<T>,
  ) => free.with<T>((found) => (isKey(found.layout.keyType, orderId) ? use(found) : unknown));
  const owned = <T>(orderId: string, use: Parameters<typeof store.with<T>>[0], unknown: Answer<T>) =>
    store.with<T>((started) => (isKey(started.layout.keyType, orderId) ? use(started) : unknown));

  return {
    start: store.start,
    load: (orderId, limit) => known(orderId, ({ methods }) => methods.load(orderId, limit), answered(null)),
    admit: (orderId) => known(orderId, ({ methods }) => methods.admit(orderId), noSuchOrder),
    settle: (input) => owned(input.orderId, ({ methods }) => methods.settle(input), noSuchOrder),
    begin: (input) =>
      store.withProof(({ methods, layout: { keyType } }) =>
        isKey(keyType, input.orderId) ? methods.begin(input) : noSuchOrder,
      ),
    renew: (...input) => store.with(({ methods }) => methods.renew(...input)),
    complete: (input) => store.with(({ methods }) => methods.complete(input)),
    release: (input) => store.with(({ methods }) => methods.release(input)),
    voidLedger: (phone, orderId) =>
      owned(orderId, ({ methods }) => methods.voidLedger(phone, orderId), noSuchOrder),
    claimDue: (input) => free.with(({ methods }) => methods.claimDue(input)),
    listDue: (input) => free.with(({ methods }) => methods.listDue(input)),
    arm: (orderId) => known(orderId, ({ methods }) => methods.arm(orderId), answered(false)),
    rearm(...given: [orderId: string] | [transaction: PostgresClient, orderId: string]) {
      const [orderId, transaction] = given.length === 1 ? given : [given[1], given[0]];
      return known(orderId, ({ methods }) => methods.rearm(orderId, transaction), answered(false));
    },
    peek: (orderId, phoneKey) =>
      known(orderId, ({ methods }) => methods.peek(orderId, phoneKey), noSuchOrder),
    beginErase: (...input) => store.withProof(({ methods }) => methods.beginErase(...input)),
    completeErase: (...input) => store.with(({ methods }) => methods.completeErase(...input)),
    isErased: (tombstone) => free.with(({ methods }) => methods.isErased(tombstone)),
    liftTombstone: (tombstone) => free.with(({ methods }) => methods.liftTombstone(tombstone)),
    ...startedReads(tables),
    listen: createListen(layout),
  };
}

type Answer<T> = PromiseLike<Result<T, ReturnType<typeof rowMissing>>>;

const noSuchOrder: Answer<never> = Promise.resolve(err(rowMissing('There is no such order.')));

function proofOf(scope: ProvenScope | ScopeProof | undefined): ScopeProof | null {
  if (scope === undefined) return null;
  return typeof scope === 'function' ? scope : () => Promise.resolve(ok(scope));
}
