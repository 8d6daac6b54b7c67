import { describe, expect, it } from 'vitest';
import { gatewayError } from '../../test/world/fake-service.ts';
import { createWorld } from '../../test/world/world.ts';

const phone = '447700900123';

async function previewOf(world: ReturnType<typeof createWorld>, options = {}) {
  return (await world.engine.preview('A', options))._unsafeUnwrap();
}

describe('a preview', () => {
  it('plans the calls and masks the values, without lease, row or call', async () => {
    const world = createWorld({ mode: 'dry_run' });
    world.save({ id: 'A', city: 'Addis Ababa' });
    const before = JSON.stringify(world.row('A'));
    expect(await previewOf(world)).toEqual({
      orderId: 'A',
      phone: '447700***123',
      held: null,
      targetOrderId: 'A',
      calls: ['create, or find and update on conflict', 'check_whatsapp, unless the answer says yes'],
      changes: [
        { field: 'ticket', change: 'set', newValue: '***' },
        { field: 'city', change: 'set', newValue: 'Ad***' },
        { field: 'seats', change: 'set', newValue: '***' },
      ],
    });
    expect(JSON.stringify(world.row('A'))).toBe(before);
    expect(world.state.ledgers.size).toBe(0);
    expect(world.service.calls).toEqual([]);
  });

  it('reads where that is allowed, and shows old values masked', async () => {
    const world = createWorld();
    world.save({ id: 'A' });
    const fields = new Map<string, string>([
      ['ticket', 'A'],
      ['city', 'Montevideo'],
      ['note', 'something'],
    ]);
    world.service.contacts.set(phone, { id: phone, name: null, email: null, fields });
    expect(await previewOf(world, { read: true, signal: new AbortController().signal })).toMatchObject({
      calls: ['update'],
      changes: [
        { field: 'city', change: 'set', newValue: 'L***', oldValue: 'Mo***' },
        { field: 'seats', change: 'set', newValue: '***', oldValue: null },
        { field: 'note', change: 'clear', newValue: null, oldValue: 'so***' },
      ],
    });
    expect(world.operations()).toEqual(['find']);
    world.service.contacts.clear();
    expect((await previewOf(world, { read: true }))?.calls[0]).toBe('create');
  });

  it('plans nothing for what is in place, everything when forced, and a look where one comes first', async () => {
    const world = createWorld();
    world.save({ id: 'A' });
    await world.sync('A');
    expect(await previewOf(world)).toMatchObject({ calls: [], changes: [] });
    expect(await previewOf(world, { force: true })).toMatchObject({ calls: ['update'] });
    const looking = createWorld({ lookFirst: true });
    looking.save({ id: 'A' });
    expect((await previewOf(looking))?.calls.slice(0, 2)).toEqual([
      'find',
      'create, or update of what differs',
    ]);
  });

  it('names the newer order that would be applied, and a check that is still owed', async () => {
    const world = createWorld();
    world.service.answersWhatsApp = false;
    world.service.fault = (operation) =>
      operation === 'checkWhatsApp' ? { when: 'before', error: gatewayError('network') } : undefined;
    world.save({ id: 'A', rank: 1 });
    world.save({ id: 'B', rank: 2 });
    await world.sync('A');
    expect(await previewOf(world)).toMatchObject({
      targetOrderId: 'B',
      calls: ['check_whatsapp'],
      changes: [],
    });
  });

  it('has no target where the contact already holds newer values', async () => {
    const world = createWorld();
    world.save({ id: 'B', rank: 2 });
    await world.sync('B');
    world.save({ id: 'B', rank: 2, wanted: false });
    world.save({ id: 'A', rank: 1 });
    expect(await previewOf(world, { read: true })).toMatchObject({ targetOrderId: null, calls: [] });
  });

  it('says why an order would not be synced', async () => {
    const world = createWorld();
    expect(await previewOf(world)).toBeNull();
    world.save({ id: 'A', phone: 'none' });
    expect(await previewOf(world)).toMatchObject({ held: 'invalid_phone: missing', phone: null, calls: [] });
    world.save({ id: 'A', wanted: false });
    expect(await previewOf(world)).toMatchObject({ held: 'unwanted' });
    const outside = createWorld({ rolloutPercent: 0 });
    outside.save({ id: 'A' });
    expect(await previewOf(outside)).toMatchObject({ held: 'outside_rollout' });
    world.save({ id: 'A' });
    expect((await world.engine.erase({ phone })).isOk()).toBe(true);
    expect(await previewOf(world)).toMatchObject({ held: 'erased' });
  });

  it('hands on the error of a look', async () => {
    const world = createWorld();
    world.save({ id: 'A' });
    world.service.fault = () => ({ when: 'before', error: gatewayError('network') });
    expect((await world.engine.preview('A', { read: true }))._unsafeUnwrapErr().kind).toBe('network');
  });
});
