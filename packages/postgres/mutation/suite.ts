import { AsyncLocalStorage } from 'node:async_hooks';
import { testOrderStore } from '@visanet/cbb-testkit/conformance';
import pg from 'pg';
import type { PostgresClient } from '../src/client/postgres-client.ts';
import { prepareSuite, type SuiteState, suiteSubject } from '../test-support/suite-subject.ts';
import { changeAnywhere } from './schema-name.ts';

export interface SuiteTest {
  readonly name: string;
  run(): Promise<void>;
}

const schemas: Readonly<Record<SuiteState, string>> = {
  inline: 'cbb_000000000001',
  beside: 'cbb_000000000002',
};
const states: readonly SuiteState[] = ['inline', 'beside'];

/** The shared suite of stores over a connection that changes or notes the store's statements; the host's stay as they are. */
export interface Suite {
  readonly tests: readonly SuiteTest[];
  /** Hears of every statement of the store, with the method that ran it; what it gives back is run instead. */
  onStatement: (sql: string, method: string) => string;
  /** After a test that did not end: nothing of it may reach the next one. */
  reconnect(): Promise<void>;
  end(): Promise<void>;
}

/** Lets the methods of a store be known to the statements that they run. */
function named<T extends object>(store: T, methods: AsyncLocalStorage<string>): T {
  return new Proxy(store, {
    get(target, name, receiver) {
      const value: unknown = Reflect.get(target, name, receiver);
      if (typeof value !== 'function') return value;
      return (...args: unknown[]) => methods.run(String(name), () => Reflect.apply(value, target, args));
    },
  });
}

export async function openSuite(databaseUrl: string): Promise<Suite> {
  const methods = new AsyncLocalStorage<string>();
  const connect = () => {
    const pool = new pg.Pool({ connectionString: databaseUrl, max: 12 });
    pool.on('error', () => {});
    pool.on('connect', (client) => client.on('error', () => {}));
    return pool;
  };
  let pool = connect();
  for (const state of states) {
    await pool.query(`CREATE SCHEMA ${schemas[state]}`);
    await prepareSuite(pool, schemas[state], state);
  }

  const tests: SuiteTest[] = [];
  const suite: Suite = {
    tests,
    onStatement: (sql) => sql,
    async reconnect() {
      const old = pool;
      pool = connect();
      await pool.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
        WHERE pid <> pg_backend_pid() AND datname = current_database()`);
      // Not waited for: what the test has taken out of it may never come back.
      void old.end();
    },
    end: () => pool.end(),
  };
  async function create(state: SuiteState) {
    const current = pool;
    const client: PostgresClient = {
      query(text, values) {
        const method = methods.getStore();
        if (method === undefined) return current.query(text, values);
        return current.query(
          changeAnywhere(text, (sql) => suite.onStatement(sql, method)),
          values,
        );
      },
    };
    const host = { client: current, pool: current };
    const subject = await suiteSubject(client, schemas[state], host, state);
    // Its checks of the tables are none of the statements that are looked at.
    const started = await subject.store.start?.();
    if (started?.isErr()) throw new Error(started.error.message);
    return { ...subject, store: named(subject.store, methods) };
  }
  for (const state of states) {
    let group = '';
    testOrderStore(
      {
        describe(name, body) {
          group = name;
          body();
        },
        it: (name, run) => tests.push({ name: `${state}: ${group}: ${name}`, run }),
      },
      { create: () => create(state) },
    );
  }
  return suite;
}
