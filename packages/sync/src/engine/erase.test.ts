import { errAsync } from 'neverthrow';
import { describe, expect, it } from 'vitest';
import { gatewayError } from '../../test/world/fake-service.ts';
import { createWorld } from '../../test/world/world.ts';

const phone = '447700900123';

describe('erasing a contact', () => {
  it('removes it, forgets the phone and skips later orders until a person lifts it', async () => {
    const world = createWorld();
    world.save({ id: 'A' });
    await world.sync('A');
    expect((await world.engine.erase({ orderId: 'A' }))._unsafeUnwrap()).toEqual({
      kind: 'erased',
      remaining: [],
    });
    expect(world.service.contacts.size).toBe(0);
    expect(world.row('A')).toMatchObject({ phoneKey: null, contact: null });
    await world.work();
    expect(world.row('A')).toMatchObject({
      status: 'skipped',
      reason: 'erased',
      phoneKey: null,
      contact: null,
    });
    expect(JSON.stringify([...world.state.tombstones, ...world.state.ledgers])).not.toContain(phone);

    world.save({ id: 'B', rank: 2, phone: '+44 7700 900123' });
    expect(await world.sync('B')).toMatchObject({ outcome: 'skipped', reason: 'erased', phone: null });
    expect(world.service.contacts.size).toBe(0);

    expect((await world.engine.liftErasure('07700 900123'))._unsafeUnwrapErr().kind).toBe('invalid_phone');
    expect((await world.engine.liftErasure(phone))._unsafeUnwrap()).toBe(true);
    expect((await world.engine.liftErasure(phone))._unsafeUnwrap()).toBe(false);
    expect((await world.table.rearm('B')).isOk()).toBe(true);
    expect(await world.sync('B')).toMatchObject({ outcome: 'created' });
  });

  it('takes the lease first', async () => {
    const world = createWorld();
    world.save({ id: 'A' });
    const ledgerPhone = { phoneKey: phone, tombstone: 'x', bucket: 0 };
    const begun = await world.table.begin({
      orderId: 'A',
      version: 1,
      phone: ledgerPhone,
      keys: [],
      leaseMs: 500,
    });
    expect(begun._unsafeUnwrap().kind).toBe('acquired');
    expect((await world.engine.erase({ phone }))._unsafeUnwrap()).toEqual({
      kind: 'busy',
      retryAfterMs: 500,
    });
  });

  it('that fails in the service keeps the contact from being written and is finished by the next sync', async () => {
    const world = createWorld();
    world.save({ id: 'A' });
    await world.sync('A');
    world.service.fault = () => ({ when: 'before', error: gatewayError('unavailable') });
    expect((await world.engine.erase({ phone }))._unsafeUnwrap()).toEqual({
      kind: 'incomplete',
      error: 'unavailable',
    });
    world.service.fault = () => undefined;
    expect(await world.sync('A')).toMatchObject({ outcome: 'deferred', reason: 'phone_busy' });
    world.clock.advance(60_001);
    world.service.fault = () => ({ when: 'before', error: gatewayError('unavailable') });
    expect(await world.sync('A')).toMatchObject({ outcome: 'deferred', reason: 'erasure_incomplete' });
    world.service.fault = () => undefined;
    world.clock.advance(60_001);
    await world.work();
    expect(world.service.contacts.size).toBe(0);
    expect(world.row('A')).toMatchObject({ status: 'skipped', reason: 'erased' });
    expect(world.events).toContainEqual({ kind: 'erasure-completed', remaining: [] });
  });

  it('that is finished with a rejected key stops the worker, says so once and costs no attempt', async () => {
    const world = createWorld();
    world.save({ id: 'A' });
    await world.sync('A');
    world.service.fault = () => ({ when: 'before', error: gatewayError('unauthorized') });
    const first = await world.engine.erase({ phone });
    expect(first._unsafeUnwrap()).toEqual({ kind: 'incomplete', error: 'unauthorized' });
    world.clock.advance(60_001);
    for (let turn = 0; turn < 2; turn += 1) {
      expect(await world.sync('A')).toMatchObject({
        outcome: 'deferred',
        failure: 'unauthorized',
        next: { kind: 'stop' },
      });
      world.clock.advance(60_001);
    }
    expect(world.row('A').attempts).toBe(0);
    expect(world.events.filter(({ kind }) => kind === 'key-rejected')).toHaveLength(1);
  });

  it('is incomplete when the lease was lost meanwhile', async () => {
    const world = createWorld({ leaseMs: 1_000, callDeadlineMs: 100 });
    const { erase } = world.service;
    world.service.erase = (...given) => {
      world.clock.advance(1_001);
      return erase(...given);
    };
    expect((await world.engine.erase({ phone }))._unsafeUnwrap()).toEqual({
      kind: 'incomplete',
      error: 'lease_lost',
    });
  });

  it('tells what a person must still remove', async () => {
    const world = createWorld();
    world.service.erase = () => errAsync(gatewayError('network'));
    world.save({ id: 'A' });
    expect((await world.engine.erase({ phone })).isOk()).toBe(true);
    world.clock.advance(60_001);
    const { contacts } = world.service;
    world.service.erase = (id) => {
      contacts.delete(id);
      return createWorld()
        .service.erase(id, [])
        .map(() => ({ kind: 'cleared' as const, remaining: ['name'] }));
    };
    await world.work();
    expect(world.events).toContainEqual({ kind: 'erasure-completed', remaining: ['name'] });
  });

  it('needs a secret, a valid phone and an order that exists', async () => {
    const world = createWorld();
    expect((await world.engine.erase({ orderId: 'nobody' }))._unsafeUnwrapErr().kind).toBe('order_not_found');
    expect((await world.engine.erase({ phone: 'none' }))._unsafeUnwrapErr().kind).toBe('invalid_phone');
    world.save({ id: 'A', phone: 'none' });
    expect((await world.engine.erase({ orderId: 'A' }))._unsafeUnwrapErr().kind).toBe('invalid_phone');
    const { createSyncEngine } = await import('./create-sync-engine.ts');
    const { ticketMapping } = await import('../../test/world/ticket.ts');
    const open = createSyncEngine({ store: world.table, gateway: world.service, mapping: ticketMapping });
    expect((await open.erase({ phone }))._unsafeUnwrapErr().kind).toBe('secret_required');
  });
});
