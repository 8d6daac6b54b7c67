import { testOrderStore } from '@visanet/cbb-testkit/conformance';
import pg from 'pg';
import type { PostgresClient } from '../src/client/postgres-client.ts';
import { prepareSuite, type SuiteState, suiteStore, suiteSubject } from '../test-support/suite-subject.ts';
import { must } from '../test-support/test-schema.ts';
import { changeAnywhere, plainSchema } from './schema-name.ts';
import { siteOfCaller } from './sites.ts';
import { triggersOf } from './triggers.ts';

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
  /** Hears of every statement of the store, with its place in the code; what it gives back is run instead. */
  onStatement: (sql: string, site: string) => string;
  /** Makes the triggers of both states anew, as far as the change changes them; gives what undoes it. */
  changeTriggers(change: (sql: string) => string): Promise<() => Promise<void>>;
  /** After a test that did not end: nothing of it may reach the next one. */
  reconnect(): Promise<void>;
  end(): Promise<void>;
}

/** A trigger cannot be replaced everywhere; a function can. */
function anew(sql: string): string {
  const [, name, table] = /^CREATE TRIGGER (\S+)[\s\S]*? ON (\S+)/.exec(sql) ?? [];
  return name === undefined ? sql : `DROP TRIGGER IF EXISTS ${name} ON ${table}; ${sql}`;
}

export async function openSuite(databaseUrl: string): Promise<Suite> {
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
    async changeTriggers(change) {
      const changed = states.flatMap((state) =>
        triggersOf(state).flatMap((sql) => {
          const here = (text: string) => text.replaceAll(plainSchema, schemas[state]);
          return change(sql) === sql ? [] : [{ before: here(sql), after: here(change(sql)) }];
        }),
      );
      for (const { after } of changed) await pool.query(anew(after));
      return async () => {
        for (const { before } of changed) await pool.query(anew(before));
      };
    },
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
  const client: PostgresClient = {
    query(text, values) {
      const site = siteOfCaller();
      if (site === null) return pool.query(text, values);
      return pool.query(
        changeAnywhere(text, (sql) => suite.onStatement(sql, site)),
        values,
      );
    },
  };
  const stores = {
    inline: suiteStore(client, schemas.inline, 'inline'),
    beside: suiteStore(client, schemas.beside, 'beside'),
  };
  // Checks of tables, scope and database are done once, before anything is weakened.
  for (const state of states) await must(stores[state].start());
  const create = (state: SuiteState) =>
    suiteSubject(client, schemas[state], { client: pool, pool }, state, stores[state]);
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
