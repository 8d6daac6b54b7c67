import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  begin,
  createScopeBench,
  otherScope,
  phone,
  type ScopeBench,
} from '../../test-support/scope-bench.ts';
import { must, testScope } from '../../test-support/test-schema.ts';
import { adoptScope, separateScope, surveyScope } from './change-scope.ts';

let bench: ScopeBench;
beforeEach(async () => {
  bench = await createScopeBench();
});
afterEach(() => {
  vi.useRealTimers();
  return bench.schema.drop();
});

const said = (scope = otherScope) => ({ ...bench.options, scope, actor: 'operator' });
const adopt = (scope?: typeof otherScope) => must(adoptScope(bench.schema.pool, said(scope)));
const separate = (scope?: typeof otherScope) => separateScope(bench.schema.pool, said(scope));
const audited = async () => {
  const { rows } = await bench.schema.pool.query(
    `SELECT action, actor, details FROM ${bench.schema.name}.audit`,
  );
  return rows;
};

it('what a change would find is read before it', async () => {
  const survey = () => must(surveyScope(bench.schema.pool, bench.options));
  expect(await survey()).toMatchObject({ stored: null, contacts: 0, liveLeases: 0 });
  await bench.syncOnce(testScope);
  await must(bench.store(testScope).begin(begin));
  const { stored, identity, ...counts } = await survey();
  expect(counts).toEqual({ contacts: 1, liveLeases: 1 });
  expect(stored).toMatchObject({ ...testScope, ...identity });
});

describe('adopting', () => {
  it('takes the ledger over to another account, void, ends leases and is audited', async () => {
    await bench.syncOnce(testScope);
    const before = bench.store(testScope);
    const held = await must(before.begin(begin));
    await adopt();
    expect((await bench.store(testScope).start())._unsafeUnwrapErr().kind).toBe('scope_differs');
    if (held.kind !== 'acquired') throw new Error(held.kind);
    expect(await must(before.renew(phone, held.token, 60_000))).toBe('lost');
    const begun = await must(bench.store(otherScope).begin(begin));
    expect(begun).toMatchObject({ snapshot: { ledger: { unclean: true, contact: 'exists' } } });
    const details = { from: 'plan/default', to: 'v1.1/7' };
    expect(await audited()).toEqual([{ action: 'adopt', actor: 'operator', details }]);
  });

  it('after a restore of the same account ends leases too', async () => {
    const before = bench.store(testScope);
    const held = await must(before.begin(begin));
    if (held.kind !== 'acquired') throw new Error(held.kind);
    await adopt(testScope);
    expect(await must(before.renew(phone, held.token, 60_000))).toBe('lost');
    expect((await must(bench.store(testScope).begin(begin))).kind).toBe('acquired');
  });

  it('forgets what is left of other accounts', async () => {
    await bench.syncOnce(testScope);
    await bench.run(`INSERT INTO ${bench.schema.name}.ledger (scope, phone_key, contact)
      VALUES ('v1.1/7', '${phone.phoneKey}', 'unknown'), ('v1.1/8', '${phone.phoneKey}', 'unknown')`);
    await adopt();
    const { rows } = await bench.schema.pool.query(
      `SELECT scope, contact, voided FROM ${bench.schema.name}.ledger`,
    );
    expect(rows).toEqual([{ scope: 'v1.1/7', contact: 'exists', voided: true }]);
  });

  it('works where no store has started yet', async () => {
    await adopt();
    expect(await bench.kept()).toMatchObject(otherScope);
    expect(await audited()).toMatchObject([{ details: { from: null, to: 'v1.1/7' } }]);
  });

  it('stops the running stores of the account before within a minute', async () => {
    vi.useFakeTimers({ toFake: ['performance'] });
    const running = bench.store(testScope);
    await must(running.start());
    await adopt();
    vi.advanceTimersByTime(60_000);
    expect((await running.begin(begin))._unsafeUnwrapErr().kind).toBe('scope_differs');
  });
});

describe('separating', () => {
  it('empties the ledger of a copy, keeps its tombstones and is audited', async () => {
    await bench.syncOnce(otherScope);
    await bench.run(`INSERT INTO ${bench.schema.name}.tombstones VALUES ('t', true)`);
    const own = { contract: 'v1.1', account: '8' };
    expect(await must(separate(own))).toEqual({ accountUnproven: false });
    const store = bench.store(own);
    expect((await must(store.peek('A', phone.phoneKey))).ledger.contact).toBe('unknown');
    expect(await must(store.isErased('t'))).toBe(true);
    const details = { from: 'v1.1/7', to: 'v1.1/8' };
    expect(await audited()).toEqual([{ action: 'separate', actor: 'operator', details }]);
  });

  it('is refused with the account of the original', async () => {
    await bench.syncOnce(otherScope);
    const refused = (await separate())._unsafeUnwrapErr();
    expect(refused).toMatchObject({ kind: 'store_misconfigured', retryable: false });
    expect(refused.message).toContain('v1.1/7');
    expect((await must(bench.store(otherScope).peek('A', phone.phoneKey))).ledger.contact).toBe('exists');
    expect(await audited()).toEqual([]);
  });

  it('says where accounts cannot be told apart', async () => {
    await must(bench.store(testScope).start());
    expect(await must(separate(testScope))).toEqual({ accountUnproven: true });
  });

  it('refuses options that are none', () => {
    const wrong = { ...said(), actor: '', scope: { contract: 'plan', account: '' } };
    expect(() => separateScope(bench.schema.pool, wrong)).toThrow(/scope.*actor|actor.*scope/s);
    expect(() => adoptScope(bench.schema.pool, wrong)).toThrow(/scope.*actor|actor.*scope/s);
  });
});
