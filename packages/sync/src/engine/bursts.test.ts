import { ResultAsync } from 'neverthrow';
import { describe, expect, it } from 'vitest';
import { gatewayError } from '../../test/world/fake-service.ts';
import { createWorld } from '../../test/world/world.ts';
import type { OrderStore } from '../ports/order-store.ts';

/** A world whose store says what it was asked. */
function counted() {
  const asked: string[] = [];
  const world = createWorld({
    wrap: <O>(store: OrderStore<O>): OrderStore<O> => {
      const noted = <G extends unknown[], R>(name: string, call: (...given: G) => R) => {
        return (...given: G): R => {
          asked.push(name);
          return call(...given);
        };
      };
      return {
        ...store,
        load: noted('load', store.load),
        settle: noted('settle', store.settle),
        begin: noted('begin', store.begin),
        complete: noted('complete', store.complete),
      };
    },
  });
  return { world, asked };
}

/** The service answers its next create only after this was done. */
function during(world: ReturnType<typeof createWorld>, act: () => Promise<unknown>): void {
  const { create } = world.service;
  world.service.create = (...given) => {
    world.service.create = create;
    return new ResultAsync(act().then(() => create(...given)));
  };
}

describe('a burst on one phone', () => {
  it('costs one call, and each order that was finished along with others a single read', async () => {
    const { world, asked } = counted();
    const ids = Array.from({ length: 100 }, (_, index) => `order-${index}`);
    for (const [rank, id] of ids.entries()) world.save({ id, rank });
    for (const id of ids) expect((await world.sync(id)).status).toBe('synced');
    expect(world.operations()).toEqual(['create']);
    expect(world.fields()).toMatchObject({ ticket: 'order-99' });
    expect(asked).toHaveLength(ids.length + 2);
  });

  it('that knocks while the phone is worked on makes the holder neither start over nor forget it', async () => {
    const { world, asked } = counted();
    for (const [rank, id] of ['A', 'B', 'C'].entries()) world.save({ id, rank });
    during(world, async () => {
      for (const id of ['B', 'C']) expect(await world.sync(id)).toMatchObject({ reason: 'phone_busy' });
    });
    expect(await world.sync('A')).toMatchObject({ outcome: 'created', calls: 1 });
    expect(asked.filter((method) => method === 'complete')).toHaveLength(1);
    for (const id of ['B', 'C']) expect(world.row(id).status).toBe('synced');
  });

  it('comes back spread, within the time that the phone is held', async () => {
    for (const [random, afterMs] of [
      [0, 2_500],
      [0.5, 3_750],
    ] as const) {
      const world = createWorld({ random: () => random });
      world.save({ id: 'A' });
      world.save({ id: 'B' });
      const phone = { phoneKey: '447700900123', tombstone: 'x', bucket: 0 };
      const begun = await world.table.begin({ orderId: 'A', version: 1, phone, keys: [], leaseMs: 60_000 });
      expect(begun.isOk()).toBe(true);
      expect((await world.sync('B')).next).toEqual({ kind: 'defer', afterMs });
    }
  });
});

describe('an order that is final at its version', () => {
  it('needs one read and no more, unless it is forced', async () => {
    const { world, asked } = counted();
    world.save({ id: 'A' });
    await world.sync('A');
    asked.length = 0;
    expect(await world.sync('A')).toMatchObject({ outcome: 'unchanged', status: 'synced', calls: 0 });
    expect(asked).toEqual(['load']);
    expect(await world.sync('A', { force: true })).toMatchObject({ outcome: 'updated' });
  });

  it('is so too when it has no WhatsApp, or is skipped for the same reason still', async () => {
    const { world, asked } = counted();
    world.service.withoutWhatsApp.add('447700900123');
    world.save({ id: 'A' });
    world.save({ id: 'B', wanted: false });
    for (const id of ['A', 'B']) await world.sync(id);
    asked.length = 0;
    expect(await world.sync('A')).toMatchObject({ status: 'no_whatsapp', whatsApp: 'no', calls: 0 });
    expect(await world.sync('B')).toMatchObject({ outcome: 'skipped', reason: 'unwanted' });
    expect(asked).toEqual(['load', 'load']);
  });

  it('is worked again when it failed, because a person may ask for that', async () => {
    const world = createWorld();
    world.save({ id: 'A' });
    const settled = await world.table.settle({
      orderId: 'A',
      version: 1,
      phone: null,
      status: 'failed',
      reason: 'timeout',
    });
    expect(settled.isOk()).toBe(true);
    expect(await world.sync('A')).toMatchObject({ outcome: 'created' });
  });
});

describe('an order that waits after a failure', () => {
  it('is not due before its time, whoever comes early, unless a person asks', async () => {
    const world = createWorld();
    world.save({ id: 'A' });
    let calls = 0;
    world.service.fault = () => {
      calls += 1;
      return calls === 1
        ? { when: 'before', error: gatewayError('rate_limited', { retryAfterMs: 30_000 }) }
        : undefined;
    };
    await world.sync('A');
    world.clock.advance(10_000);
    expect(await world.sync('A')).toMatchObject({
      outcome: 'deferred',
      reason: 'not_due',
      next: { kind: 'defer', afterMs: 20_000 },
    });
    expect(calls).toBe(1);
    expect(await world.sync('A', { now: true })).toMatchObject({ outcome: 'created' });
  });

  it('keeps its pause though another order of the phone knocked', async () => {
    const world = createWorld();
    world.save({ id: 'A' });
    world.save({ id: 'B', rank: 2 });
    const error = gatewayError('unavailable', { retryAfterMs: 30_000 });
    world.service.fault = () => ({ when: 'before', error });
    during(world, async () => expect(await world.sync('B')).toMatchObject({ reason: 'phone_busy' }));
    expect((await world.sync('A')).next).toEqual({ kind: 'retry', afterMs: 30_000 });
    expect(world.row('A')).toMatchObject({ attempts: 1, dueAt: 30_000 });
  });

  it('that was claimed meanwhile is due all the same', async () => {
    const world = createWorld();
    world.save({ id: 'A' });
    expect((await world.engine.claimDue(1))._unsafeUnwrap()).toEqual(['A']);
    expect(await world.sync('A')).toMatchObject({ outcome: 'created' });
  });
});
