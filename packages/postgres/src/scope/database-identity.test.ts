import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { begin, createScopeBench, phone, type ScopeBench } from '../../test-support/scope-bench.ts';
import { must, testScope } from '../../test-support/test-schema.ts';
import type { PostgresClient } from '../client/postgres-client.ts';
import { adoptScope } from './change-scope.ts';

let bench: ScopeBench;
beforeEach(async () => {
  bench = await createScopeBench();
});
afterEach(() => {
  vi.useRealTimers();
  return bench.schema.drop();
});

/** Another server behind the same tables. */
function serverThatTells(systemIdentifier: string): PostgresClient {
  const answer = JSON.stringify({ systemIdentifier, timeline: 1 });
  return {
    query: (text, values) =>
      text.includes('FROM pg_control_system()')
        ? Promise.resolve({ rows: [{ answer }] })
        : bench.schema.pool.query(text, values),
  };
}
const isUnclean = async () => (await must(bench.store(testScope).peek('A', phone.phoneKey))).ledger.unclean;

describe('a database that is not the one that is known', () => {
  it.each([
    ['another database', "database_name = 'production'", /was the database production/],
    ['one that was made anew', "database_oid = '1'", /made anew/],
    ['an older state', 'timeline = 99', /from timeline 99 to/],
    [
      'one restored to yesterday',
      "timeline = 0, seen_at = now() - interval '1 day'",
      /rose from 0 to .* 1440 minutes/,
    ],
  ])('%s is refused until somebody says what it is', async (_, assignment, what) => {
    await bench.syncOnce(testScope);
    await bench.keep(assignment);
    const store = bench.store(testScope);
    const error = (await store.load('A', 0))._unsafeUnwrapErr();
    expect(error).toMatchObject({ kind: 'database_differs', retryable: false });
    expect(error.message).toMatch(what);
    expect(error.message).toMatch(/cbb adopt.*cbb separate/);
    expect((await store.load('A', 0))._unsafeUnwrapErr().kind).toBe('database_differs');
    await must(adoptScope(bench.schema.pool, { ...bench.options, scope: testScope, actor: 'operator' }));
    const begun = await must(store.begin(begin));
    expect(begun).toMatchObject({ snapshot: { ledger: { unclean: true, contact: 'exists' } } });
  });

  it('on another server is refused', async () => {
    await must(bench.store(testScope, serverThatTells('71')).start());
    expect(await must(bench.store(testScope, serverThatTells('71')).start())).toMatchObject(testScope);
    const error = (await bench.store(testScope, serverThatTells('72')).start())._unsafeUnwrapErr();
    expect(error.kind).toBe('database_differs');
    expect(error.message).toContain('was on server 71 and is now on 72');
  });
});

describe('a standby that took over', () => {
  it('goes on, and trusts nothing of the last minutes', async () => {
    await bench.syncOnce(testScope);
    await bench.keep('timeline = 0');
    const told: unknown[] = [];
    const first = bench.store(testScope, bench.schema.pool, (report) => told.push(report));
    expect(await must(first.start())).toEqual({ ...testScope, failover: true });
    await must(first.load('A', 0));
    expect(await isUnclean()).toBe(true);
    const second = bench.store(testScope, bench.schema.pool, (report) => told.push(report));
    expect((await must(second.start())).failover).toBe(false);
    expect(told).toEqual([{ ...testScope, failover: true }]);
  });

  it('keeps what is older', async () => {
    await bench.syncOnce(testScope);
    await bench.run(`UPDATE ${bench.schema.name}.ledger SET written_at = now() - interval '11 minutes'`);
    await bench.keep('timeline = 0');
    await must(bench.store(testScope).start());
    expect(await isUnclean()).toBe(false);
  });

  it('is noticed by a running store within a minute', async () => {
    vi.useFakeTimers({ toFake: ['performance'] });
    await bench.syncOnce(testScope);
    const told: unknown[] = [];
    const store = bench.store(testScope, bench.schema.pool, (report) => {
      told.push(report);
      throw new Error('of the host');
    });
    await must(store.start());
    await bench.keep('timeline = 0');
    expect((await must(store.start())).failover).toBe(false);
    vi.advanceTimersByTime(60_000);
    await must(store.load('A', 0));
    expect((await must(store.start())).failover).toBe(true);
    expect(await isUnclean()).toBe(true);
    vi.advanceTimersByTime(60_000);
    await must(store.load('A', 0));
    expect(told).toEqual([{ ...testScope, failover: true }]);
  });
});

describe('the mark of a running store', () => {
  it('is renewed every minute, so that a failover is told from a restore', async () => {
    vi.useFakeTimers({ toFake: ['performance'] });
    const store = bench.store(testScope);
    await must(store.start());
    await bench.keep("seen_at = now() - interval '1 day'");
    await must(store.load('A', 0));
    expect((await bench.kept())?.seenAgoMs).toBeGreaterThan(3_600_000);
    vi.advanceTimersByTime(60_000);
    await must(store.load('A', 0));
    expect((await bench.kept())?.seenAgoMs).toBeLessThan(3_600_000);
  });
});
