import { type SuiteOrder, suiteMapping } from '@visanet/cbb-testkit/conformance';
import type { PostgresClient } from '../src/client/postgres-client.ts';
import { readScope } from '../src/scope/change-scope.ts';
import { createPostgresStore, type PostgresStoreOptions } from '../src/store/create-postgres-store.ts';
import { prepareSuite } from './suite-subject.ts';
import { createTestSchema, must, tablesIn } from './test-schema.ts';

type Scope = PostgresStoreOptions<SuiteOrder>['scope'];
type OnFailover = NonNullable<PostgresStoreOptions<SuiteOrder>['onFailover']>;

export const phone = { phoneKey: '447700900101', tombstone: 'tombstone', bucket: 7 };
export const begin = { orderId: 'A', version: 1, phone, leaseMs: 60_000, keys: [] };
export const claim = { limit: 9, visibilityMs: 0, leaseMs: 60_000, rolloutPercent: 100 };

/** Another account than that of `testScope`. */
export const otherScope = { contract: 'v1.1', account: '7' };

export type ScopeBench = Awaited<ReturnType<typeof createScopeBench>>;

/** Migrated tables with the order `A`, on which no store has started yet. */
export async function createScopeBench() {
  const schema = await createTestSchema();
  await prepareSuite(schema.pool, schema.name);
  const run = async (...statements: readonly string[]) => {
    for (const statement of statements) await schema.pool.query(statement);
  };
  await run(`INSERT INTO ${schema.name}.orders (order_id, client_phone, client_name, webhook_received_at)
    VALUES ('A', '${phone.phoneKey}', 'Customer', now())`);
  const options = { mapping: suiteMapping, ...tablesIn(schema.name) };

  function store(scope: Scope | null, client: PostgresClient = schema.pool, onFailover?: OnFailover) {
    const given = scope === undefined || scope === null ? {} : { scope };
    const told = onFailover === undefined ? {} : { onFailover };
    return createPostgresStore<SuiteOrder>({ client, ...options, ...given, ...told });
  }

  return {
    schema,
    options,
    run,
    store,
    /** Changes what is kept of the database. */
    keep: (assignment: string) => run(`UPDATE ${schema.name}.scope SET ${assignment}`),
    kept: () => must(readScope(schema.pool, options)),
    /** A whole sync of `A`: the ledger holds something that could be trusted. */
    async syncOnce(scope: Scope): Promise<void> {
      const subject = store(scope);
      const begun = await must(subject.begin(begin));
      if (begun.kind !== 'acquired') throw new Error(begun.kind);
      const ledger = {
        contact: 'exists',
        hashes: { name: 'hash' },
        appliedHashes: null,
        identity: {},
        verified: true,
        unclean: false,
      } as const;
      const seen = { phone, token: begun.token, orderId: 'A', orphaned: false, seen: [begin] };
      const completed = await must(subject.complete({ ...seen, appliedOrderId: 'A', ledger, outcomes: [] }));
      if (completed.kind !== 'completed') throw new Error(completed.kind);
    },
  };
}
