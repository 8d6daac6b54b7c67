import { describe, expect, it } from 'vitest';
import { gatewayError } from '../../test/world/fake-service.ts';
import { ticket } from '../../test/world/ticket.ts';
import { createWorld } from '../../test/world/world.ts';

const phone = '447700900123';
const soon = { outcome: 'deferred', reason: 'row_locked', next: { kind: 'defer', afterMs: 1_000 } };

/** Lets microtasks run, and the clock for each wait between them. */
async function pass(world: ReturnType<typeof createWorld>, ms: number): Promise<void> {
  for (let passed = 0; passed < ms; passed += 1_000) {
    for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
    world.clock.advance(1_000);
  }
}

describe('a row that the host holds', () => {
  it('defers its order, free of charge, whatever was to become of it', async () => {
    const world = createWorld();
    world.save({ id: 'A' });
    world.save({ id: 'B', wanted: false });
    world.table.host.saveHistory(ticket({ id: 'H', phone: '12025550123' }));
    const end = world.table.host.hold(['A', 'B', 'H']);
    for (const id of ['A', 'B']) expect(await world.sync(id)).toMatchObject(soon);
    expect(await world.sync('H', { history: true })).toMatchObject(soon);
    expect(world.row('A')).toMatchObject({ status: 'pending', attempts: 0, dueAt: 0 });
    expect(world.state.ledgers.size).toBe(0);
    end();
    expect(await world.sync('A')).toMatchObject({ outcome: 'created' });
  });

  it('while its order was written keeps what is known of the contact, and is no crash', async () => {
    const world = createWorld({ maxCrashes: 1 });
    world.save({ id: 'A' });
    let end = () => {};
    world.service.fault = () => {
      end = world.table.host.hold(['A']);
      return undefined;
    };
    expect(await world.sync('A')).toMatchObject({ ...soon, calls: 1 });
    end();
    world.service.fault = () => undefined;
    expect(world.row('A')).toMatchObject({ status: 'syncing', crashes: 0 });
    expect(await world.sync('A')).toMatchObject({ outcome: 'unchanged', status: 'synced', calls: 0 });
    expect(world.row('A').crashes).toBe(0);
  });

  it('while its call failed waits as long as the failure, or a moment', async () => {
    const world = createWorld();
    world.save({ id: 'A' });
    world.service.fault = () => {
      world.table.host.hold(['A']);
      return { when: 'before', error: gatewayError('network') };
    };
    expect((await world.sync('A')).next).toEqual({ kind: 'defer', afterMs: 5_000 });
  });

  it('while the key is rejected is freed a moment later, since the worker that met it ends', async () => {
    const world = createWorld();
    world.save({ id: 'A' });
    world.service.fault = () => {
      world.clock.schedule(200, world.table.host.hold(['A']));
      return { when: 'before', error: gatewayError('unauthorized') };
    };
    const report = world.sync('A');
    await pass(world, 1_000);
    expect((await report).next).toEqual({ kind: 'stop' });
    expect(world.row('A')).toMatchObject({ status: 'pending', attempts: 0 });
  });

  it('of a sibling leaves that one pending and due', async () => {
    const world = createWorld();
    for (const [rank, id] of ['A', 'B'].entries()) world.save({ id, rank });
    let end = () => {};
    world.service.fault = () => {
      end = world.table.host.hold(['A']);
      return undefined;
    };
    expect(await world.sync('B')).toMatchObject({ status: 'synced' });
    end();
    expect(world.row('A')).toMatchObject({ status: 'pending', dueAt: 0 });
    expect(await world.work()).toMatchObject([{ orderId: 'A', status: 'synced', calls: 0 }]);
  });

  it('makes a zombie say again that it wrote, until an order is due', async () => {
    const world = createWorld({ leaseMs: 1_000, callDeadlineMs: 900 });
    world.save({ id: 'A' });
    const { create } = world.service;
    world.service.create = (...given) => {
      world.clock.advance(890);
      world.clock.advance(5);
      world.table.host.endLease(phone);
      const end = world.table.host.hold(['A']);
      world.clock.schedule(2_500, end);
      return create(...given);
    };
    const report = world.sync('A');
    await pass(world, 4_000);
    expect(await report).toMatchObject({ reason: 'lease_lost' });
    expect(world.row('A').status).toBe('pending');
    expect(world.state.ledgers.get(phone)?.voided).toBe(true);
  });

  it('is given some time by an erasure, which is incomplete if that does not do', async () => {
    for (const [heldForMs, kind] of [
      [2_500, 'erased'],
      [60_000, 'incomplete'],
    ] as const) {
      const world = createWorld();
      world.save({ id: 'A' });
      await world.sync('A');
      world.clock.schedule(heldForMs, world.table.host.hold(['A']));
      const erased = world.engine.erase({ phone });
      await pass(world, 6_000);
      expect((await erased)._unsafeUnwrap().kind).toBe(kind);
    }
  });
});
