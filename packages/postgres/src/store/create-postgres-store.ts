import { checkOptions, hasMethods, type Mapping, type OrderStore, optional } from '@visanet/cbb-sync';
import { createDatabase } from '../client/database.ts';
import type { PostgresClient } from '../client/postgres-client.ts';
import { createLayout, type LayoutOptions } from '../layout/layout.ts';
import { layoutRules, mappingProblem } from '../layout/layout-rules.ts';
import { createListen, type Listener, type ListenOptions } from '../listen/listen.ts';
import { createOperatorReads, type OperatorReads } from '../operator/operator-reads.ts';
import { createArm, createRearm } from './arm.ts';
import { createBegin } from './begin.ts';
import { createClaimDue } from './claim-due.ts';
import { createComplete } from './complete.ts';
import { createBeginErase, createCompleteErase } from './erase.ts';
import { createListDue } from './list-due.ts';
import { createLoad } from './load.ts';
import { createPeek } from './peek.ts';
import { createRelease } from './release.ts';
import { createRenew } from './renew.ts';
import { createSettle } from './settle.ts';
import type { StoreParts } from './store-parts.ts';
import { createIsErased, createLiftTombstone } from './tombstones.ts';
import { createVoidLedger } from './void-ledger.ts';

export interface PostgresStoreOptions<O> extends LayoutOptions {
  /** A `pg` pool, through a transaction-mode pooler too, or a PGlite instance. Stays the host's to end. */
  readonly client: PostgresClient;
  readonly mapping: Mapping<O>;
  /** Whose contacts the ledger describes. @default contract `plan`, account `default` */
  readonly scope?: { readonly contract: string; readonly account: string };
  /**
   * Row-level security that applies to the database role is meant so: rows that it hides are not the sync's. Else
   * finding nothing under row-level security is an error. @default false
   */
  readonly allowRowSecurity?: boolean;
}

export interface PostgresStore<O> extends OrderStore<O>, OperatorReads {
  rearm(orderId: string): ReturnType<OrderStore<O>['rearm']>;
  /** The same within the host's own transaction: `transaction` is the client that holds it. */
  rearm(transaction: PostgresClient, orderId: string): ReturnType<OrderStore<O>['rearm']>;
  /** Calls back with each order that the trigger announces; needs a direct connection, not a pooler's. */
  listen(options: ListenOptions): Listener;
}

function scopeProblem(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null) return 'must be an object of contract and account';
  const parts = [Reflect.get(value, 'contract'), Reflect.get(value, 'account')];
  return parts.every((part) => typeof part === 'string' && part !== '') && Object.keys(value).length === 2
    ? undefined
    : 'must have the texts contract and account, and nothing else';
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
    scope: optional(scopeProblem),
    allowRowSecurity: optional((value) => (typeof value === 'boolean' ? undefined : 'must be true or false')),
  });
  const layout = createLayout(options, options.mapping);
  const { contract, account } = options.scope ?? { contract: 'plan', account: 'default' };
  const parts: StoreParts<O> = {
    database: createDatabase(options.client),
    layout,
    mapping: options.mapping,
    scope: `${contract}/${account}`,
    allowRowSecurity: options.allowRowSecurity ?? false,
  };
  return {
    load: createLoad(parts),
    settle: createSettle(parts),
    begin: createBegin(parts),
    renew: createRenew(parts),
    complete: createComplete(parts),
    release: createRelease(parts),
    voidLedger: createVoidLedger(parts),
    claimDue: createClaimDue(parts),
    listDue: createListDue(parts),
    arm: createArm(parts),
    rearm: createRearm(parts),
    peek: createPeek(parts),
    beginErase: createBeginErase(parts),
    completeErase: createCompleteErase(parts),
    isErased: createIsErased(parts),
    liftTombstone: createLiftTombstone(parts),
    ...createOperatorReads(parts),
    listen: createListen(layout),
  };
}
