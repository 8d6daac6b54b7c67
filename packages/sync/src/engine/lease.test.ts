import { errAsync, ResultAsync } from 'neverthrow';
import { describe, expect, it } from 'vitest';
import { broken, down } from '../../test/world/broken-store.ts';
import { gatewayError } from '../../test/world/fake-service.ts';
import { createWorld } from '../../test/world/world.ts';

const phone = '447700900123';

/** Begins a sync whose first call to the service waits, and returns what lets it go on. */
function startFrozen(world: ReturnType<typeof createWorld>, orderId: string, signal?: AbortSignal) {
  const { update, create } = world.service;
  let open = () => {};
  const gate = new Promise<void>((resolve) => {
    open = resolve;
  });
  let reached = () => {};
  const waiting = new Promise<void>((resolve) => {
    reached = resolve;
  });
  const held = <T, E>(call: () => ResultAsync<T, E>) =>
    new ResultAsync(
      (async () => {
        reached();
        await gate;
        return call();
      })(),
    );
  world.service.create = (...given) => held(() => create(...given));
  world.service.update = (...given) => held(() => update(...given));
  const report = world.sync(orderId, signal === undefined ? {} : { signal });
  return {
    waiting: waiting.then(() => Object.assign(world.service, { create, update })),
    async wake() {
      open();
      return report;
    },
  };
}

describe('the lease of a phone', () => {
  it('lets a second sync come back soon, and at its end at the latest, without cost', async () => {
    const world = createWorld();
    world.save({ id: 'A' });
    world.save({ id: 'B', rank: 2 });
    const first = startFrozen(world, 'A');
    await first.waiting;
    expect(await world.sync('B')).toMatchObject({
      outcome: 'deferred',
      reason: 'phone_busy',
      next: { kind: 'defer', afterMs: 5_000 },
      calls: 0,
    });
    expect(world.row('B')).toMatchObject({ status: 'pending', attempts: 0, dueAt: 0 });
    await first.wake();
    expect(world.row('B').status).toBe('synced');
  });

  it('lets its holder finish an order that met it busy before it had a key', async () => {
    const world = createWorld({ unkeyedLimit: 0 });
    world.save({ id: 'A' });
    const first = startFrozen(world, 'A');
    await first.waiting;
    world.save({ id: 'B', rank: 2, phone: '+44 7700 900123' });
    expect(await world.sync('B')).toMatchObject({ reason: 'phone_busy' });
    await first.wake();
    expect(world.row('B')).toMatchObject({ status: 'synced', phoneKey: phone });
    expect(world.fields()).toMatchObject({ ticket: 'B' });
  });

  it('is taken over after a crash, and the contact is not created twice', async () => {
    const world = createWorld({ leaseMs: 1_000, callDeadlineMs: 100 });
    world.save({ id: 'A' });
    const first = startFrozen(world, 'A');
    await first.waiting;
    world.clock.advance(1_001);
    expect(await world.work()).toMatchObject([{ orderId: 'A', outcome: 'created', status: 'synced' }]);
    expect(world.operations()).toEqual(['find', 'create']);
  });

  it('refuses a zombie and has what it may have overwritten written again', async () => {
    const world = createWorld({ leaseMs: 1_000, callDeadlineMs: 100 });
    world.save({ id: 'A' });
    await world.sync('A');
    world.save({ id: 'A', city: 'stale' });
    const zombie = startFrozen(world, 'A');
    await zombie.waiting;
    world.clock.advance(1_001);
    world.save({ id: 'A', city: 'Oslo' });
    await world.work();
    expect(world.fields()).toMatchObject({ city: 'Oslo' });
    expect(await zombie.wake()).toMatchObject({ outcome: 'deferred', reason: 'lease_lost' });
    expect(world.fields()).toMatchObject({ city: 'stale' });
    expect(world.events).toContainEqual({ kind: 'lease-lost', orderId: 'A', phone: '447700***123' });
    expect(world.row('A').status).toBe('pending');
    await world.work();
    expect(world.fields()).toMatchObject({ city: 'Oslo' });
    expect(world.row('A').status).toBe('synced');
  });

  it('tells the present holder that a zombie wrote', async () => {
    const world = createWorld({ leaseMs: 1_000, callDeadlineMs: 100 });
    world.save({ id: 'A' });
    await world.sync('A');
    world.save({ id: 'A', city: 'stale' });
    const zombie = startFrozen(world, 'A');
    await zombie.waiting;
    world.clock.advance(1_001);
    world.save({ id: 'A', city: 'Oslo' });
    const holder = startFrozen(world, 'A');
    await holder.waiting;
    await zombie.wake();
    expect(await holder.wake()).toMatchObject({ outcome: 'updated', status: 'synced' });
    expect(world.fields()).toMatchObject({ city: 'Oslo' });
  });

  it('is renewed before a request that could outlive it', async () => {
    const world = createWorld({ leaseMs: 1_000, callDeadlineMs: 600 });
    world.service.answersWhatsApp = false;
    world.save({ id: 'A' });
    const { create } = world.service;
    world.service.create = (...given) => {
      world.clock.advance(500);
      return create(...given);
    };
    expect(await world.sync('A')).toMatchObject({ status: 'synced' });
    const world2 = createWorld({
      leaseMs: 1_000,
      callDeadlineMs: 600,
      wrap: (store) => broken(store, 'renew'),
    });
    world2.service.answersWhatsApp = false;
    world2.save({ id: 'A' });
    const second = world2.service.create;
    world2.service.create = (...given) => {
      world2.clock.advance(500);
      return second(...given);
    };
    expect((await world2.engine.sync('A'))._unsafeUnwrapErr()).toEqual(down);
  });

  it('is given up when it ended before the next request could start', async () => {
    const world = createWorld({ leaseMs: 1_000, callDeadlineMs: 600 });
    world.service.answersWhatsApp = false;
    world.save({ id: 'A' });
    const { create } = world.service;
    world.service.create = (...given) => {
      world.clock.advance(1_000);
      return create(...given);
    };
    expect(await world.sync('A')).toMatchObject({ outcome: 'deferred', reason: 'lease_lost', calls: 1 });
  });

  it('aborts a request at its end', async () => {
    const world = createWorld({ leaseMs: 1_000, callDeadlineMs: 600 });
    world.save({ id: 'A' });
    world.service.create = (_, options) =>
      new ResultAsync(
        new Promise((resolve) => {
          options?.signal?.addEventListener('abort', () => {
            void errAsync(gatewayError('aborted', { effect: 'unknown' })).then(resolve);
          });
          world.clock.advance(1_000);
        }),
      );
    expect(await world.sync('A')).toMatchObject({ reason: 'lease_lost' });
  });

  it('outlasts each call, which gets its deadline and the longest wait', async () => {
    const world = createWorld({ leaseMs: 1_000, callDeadlineMs: 600, maxWaitMs: 123 });
    world.save({ id: 'A' });
    const { create } = world.service;
    let passed = {};
    world.service.create = (contact, options = {}) => {
      passed = options;
      return create(contact, options);
    };
    await world.sync('A');
    expect(passed).toMatchObject({ deadlineMs: 600, maxWaitMs: 123 });
  });

  it('leaves an order that keeps changing to its next turn', async () => {
    const world = createWorld();
    world.save({ id: 'A' });
    let edits = 0;
    world.service.fault = () => {
      edits += 1;
      world.save({ id: 'A', seats: 100 + edits });
      return undefined;
    };
    expect(await world.sync('A')).toMatchObject({ outcome: 'deferred', reason: 'changing', calls: 5 });
    world.service.fault = () => undefined;
    await world.work();
    expect(world.fields()).toMatchObject({ seats: 105 });
  });

  it('is freed with the order due when the host stops the worker', async () => {
    const world = createWorld();
    world.save({ id: 'A' });
    const host = new AbortController();
    world.service.create = () => {
      host.abort();
      return errAsync(gatewayError('aborted', { effect: 'unknown' }));
    };
    expect(await world.sync('A', { signal: host.signal })).toMatchObject({
      outcome: 'deferred',
      reason: 'aborted',
    });
    expect(world.row('A')).toMatchObject({ status: 'pending', attempts: 0 });
    expect(world.state.ledgers.get(phone)?.lease).toBeNull();
    const stopped = await world.engine.sync('A', { signal: host.signal });
    expect(stopped._unsafeUnwrapErr()).toMatchObject({ kind: 'aborted', retryable: true });
  });
});

describe('an order that ends its process again and again', () => {
  it('is put aside as crashed after maxCrashes take-overs', async () => {
    const world = createWorld({ leaseMs: 1_000, callDeadlineMs: 100, maxCrashes: 2 });
    world.save({ id: 'A' });
    for (let crash = 0; crash < 3; crash += 1) await world.crash('A');
    expect(await world.sync('A')).toMatchObject({ outcome: 'failed', status: 'failed', failure: 'crashed' });
    expect(world.row('A')).toMatchObject({ status: 'failed', reason: 'crashed' });
    world.save({ id: 'A', city: 'Oslo' });
    expect(await world.sync('A')).toMatchObject({ status: 'synced' });
  });
});
