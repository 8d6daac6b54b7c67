import { errAsync, okAsync } from 'neverthrow';
import { describe, expect, it } from 'vitest';
import { broken, down } from '../../test/world/broken-store.ts';
import { gatewayError } from '../../test/world/fake-service.ts';
import { createWorld, type WorldOptions } from '../../test/world/world.ts';

const phone = '447700900123';

/** The order is edited in the middle of each call, so that the sync gives it back unfinished. */
function editedAgainAndAgain(wrap: WorldOptions['wrap']) {
  const world = createWorld(wrap === undefined ? {} : { wrap });
  world.save({ id: 'A' });
  let edits = 0;
  world.service.fault = () => {
    edits += 1;
    world.save({ id: 'A', seats: 100 + edits });
    return undefined;
  };
  return world;
}

/** The order was left `syncing` by one process too many. */
async function crashed(options: WorldOptions) {
  const world = createWorld({ maxCrashes: 1, ...options });
  world.save({ id: 'A' });
  for (let crash = 0; crash < 2; crash += 1) await world.crash('A');
  return world;
}

describe('a store that fails', () => {
  it.each(['load', 'begin', 'complete'] as const)(
    'in %s ends the sync without an outcome',
    async (method) => {
      const world = createWorld({ wrap: (store) => broken(store, method) });
      world.save({ id: 'A' });
      expect((await world.engine.sync('A'))._unsafeUnwrapErr()).toEqual(down);
      expect(world.events).toEqual([]);
    },
  );

  it('in settle ends the sync without an outcome', async () => {
    const world = createWorld({ wrap: (store) => broken(store, 'settle') });
    world.save({ id: 'A', phone: 'none' });
    expect((await world.engine.sync('A'))._unsafeUnwrapErr()).toEqual(down);
  });

  it('in release does not hide behind the failed call', async () => {
    const world = createWorld({ wrap: (store) => broken(store, 'release') });
    world.save({ id: 'A' });
    world.service.fault = () => ({ when: 'before', error: gatewayError('network') });
    expect((await world.engine.sync('A'))._unsafeUnwrapErr()).toEqual(down);
  });

  it.each(['claimDue', 'arm', 'peek'] as const)('in %s says so', async (method) => {
    const world = createWorld({ wrap: (store) => broken(store, method) });
    world.save({ id: 'A' });
    const { engine } = world;
    const asked = { claimDue: engine.claimDue(1), arm: engine.arm('A'), peek: engine.preview('A') }[method];
    expect((await asked)._unsafeUnwrapErr()).toEqual(down);
  });

  it('when the void of a zombie is refused, says so', async () => {
    const world = createWorld({
      leaseMs: 1_000,
      callDeadlineMs: 100,
      wrap: (store) => broken(store, 'voidLedger'),
    });
    world.save({ id: 'A' });
    const { create } = world.service;
    world.service.create = (...given) => {
      world.clock.advance(2_000);
      return create(...given);
    };
    expect((await world.engine.sync('A'))._unsafeUnwrapErr()).toEqual(down);
  });

  it('in release does not hide behind an order that is given back or put aside', async () => {
    const changing = editedAgainAndAgain((store) => broken(store, 'release'));
    expect((await changing.engine.sync('A'))._unsafeUnwrapErr()).toEqual(down);
    const dead = await crashed({ wrap: (store) => broken(store, 'release') });
    expect((await dead.engine.sync('A'))._unsafeUnwrapErr()).toEqual(down);
  });

  it.each(['beginErase', 'completeErase'] as const)('in %s ends the erasure', async (method) => {
    const world = createWorld({ wrap: (store) => broken(store, method) });
    expect((await world.engine.erase({ phone }))._unsafeUnwrapErr()).toEqual(down);
    const count = world.service.count('erase');
    expect(count).toBe(method === 'beginErase' ? 0 : 1);
  });

  it('in an erasure that a sync has to finish ends that sync without an outcome', async () => {
    const world = createWorld({ wrap: (store) => broken(store, 'completeErase') });
    world.save({ id: 'A' });
    expect((await world.engine.erase({ phone })).isErr()).toBe(true);
    world.clock.advance(60_001);
    expect((await world.engine.sync('A'))._unsafeUnwrapErr()).toEqual(down);
    expect(world.events).toEqual([]);
  });

  it.each(['load', 'isErased'] as const)('in %s ends a preview', async (method) => {
    const world = createWorld({ wrap: (store) => broken(store, method) });
    world.save({ id: 'A' });
    expect((await world.engine.preview('A'))._unsafeUnwrapErr()).toEqual(down);
  });
});

describe('a store that fails under a lease', () => {
  /** The first call of each fails, as if the database were away for a moment. */
  function failingOnce(method: 'complete' | 'release' | 'renew', also: readonly string[] = []) {
    const away = new Set<string>([method, ...also]);
    const world = createWorld({
      maxCrashes: 1,
      wrap: (store) => ({
        ...store,
        complete: (input) => (away.delete('complete') ? errAsync(down) : store.complete(input)),
        release: (input) => (away.delete('release') ? errAsync(down) : store.release(input)),
        renew: (...given) => (away.delete('renew') ? errAsync(down) : store.renew(...given)),
      }),
    });
    world.save({ id: 'A' });
    return world;
  }

  it('gives the phone back at once, counts nothing and knows what it wrote', async () => {
    const world = failingOnce('complete');
    expect((await world.engine.sync('A'))._unsafeUnwrapErr()).toEqual(down);
    expect(world.row('A')).toMatchObject({ status: 'pending', attempts: 0, crashes: 0, dueAt: 5_000 });
    expect(world.state.ledgers.get(phone)?.lease).toBeNull();
    expect(await world.sync('A')).toMatchObject({ outcome: 'unchanged', calls: 0 });
  });

  it('takes its own lease up again, without a crash, where it could not even be given back', async () => {
    const world = failingOnce('complete', ['release']);
    expect((await world.engine.sync('A'))._unsafeUnwrapErr()).toEqual(down);
    expect(world.row('A').status).toBe('syncing');
    expect(await world.sync('A')).toMatchObject({ status: 'synced' });
    expect(world.row('A').crashes).toBe(0);
  });

  it('is no crash of the order, however often', async () => {
    const world = createWorld({
      maxCrashes: 1,
      wrap: (store) => broken(broken(store, 'complete'), 'release'),
    });
    world.save({ id: 'A' });
    for (let turn = 0; turn < 4; turn += 1) {
      expect((await world.engine.sync('A'))._unsafeUnwrapErr()).toEqual(down);
    }
    expect(world.row('A')).toMatchObject({ status: 'syncing', crashes: 0 });
    expect(world.service.count('create')).toBe(1);
  });
});

describe('a lease that is lost before the order could be given back', () => {
  const lost: WorldOptions['wrap'] = (store) => ({
    ...store,
    release: () => okAsync({ kind: 'lost' as const }),
  });

  it('voids the ledger after a failed call', async () => {
    const world = createWorld({ wrap: lost });
    world.save({ id: 'A' });
    world.service.fault = () => ({ when: 'before', error: gatewayError('network') });
    expect(await world.sync('A')).toMatchObject({ outcome: 'deferred', reason: 'lease_lost', calls: 1 });
    expect(world.state.ledgers.get(phone)).toMatchObject({ voided: true, dirty: true });
    expect(world.row('A')).toMatchObject({ status: 'pending', attempts: 0 });
  });

  it('voids the ledger of an order that keeps changing', async () => {
    const world = editedAgainAndAgain(lost);
    expect(await world.sync('A')).toMatchObject({ outcome: 'deferred', calls: 5 });
    expect(world.state.ledgers.get(phone)).toMatchObject({ voided: true, dirty: true });
    expect(world.events).toContainEqual({ kind: 'lease-lost', orderId: 'A', phone: '447700***123' });
  });

  it('voids the ledger of an order that is put aside', async () => {
    const world = await crashed({ wrap: lost });
    expect(await world.sync('A')).toMatchObject({ outcome: 'deferred', reason: 'lease_lost', calls: 0 });
    expect(world.state.ledgers.get(phone)).toMatchObject({ voided: true });
  });
});
