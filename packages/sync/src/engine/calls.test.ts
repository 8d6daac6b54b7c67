import { describe, expect, it } from 'vitest';
import { createWorld } from '../../test/world/world.ts';

describe('calls per event', () => {
  it('creates a new customer with one call when the answer says yes to WhatsApp', async () => {
    const world = createWorld();
    world.save({ id: 'A', note: 'x' });
    expect(await world.sync('A')).toEqual({
      orderId: 'A',
      outcome: 'created',
      status: 'synced',
      next: { kind: 'done' },
      reason: null,
      failure: null,
      missingFields: [],
      whatsApp: 'yes',
      phone: '447700***123',
      calls: 1,
    });
    expect(world.operations()).toEqual(['create']);
    expect(world.fields()).toEqual({ ticket: 'A', city: 'Lome', seats: 1, note: 'x' });
    expect(world.row('A')).toMatchObject({
      status: 'synced',
      phoneKey: '447700900123',
      contact: { contactId: '447700900123', existed: false, hasWhatsApp: true },
      dueAt: null,
    });
  });

  it('confirms a no with one more call and ends as no_whatsapp', async () => {
    const world = createWorld();
    world.service.withoutWhatsApp.add('447700900123');
    world.save({ id: 'A' });
    expect(await world.sync('A')).toMatchObject({ outcome: 'created', status: 'no_whatsapp', calls: 2 });
    expect(world.operations()).toEqual(['create', 'checkWhatsApp']);
    expect(world.row('A').contact?.hasWhatsApp).toBe(false);
  });

  it('updates a known customer with one call that holds only what differs', async () => {
    const world = createWorld();
    world.save({ id: 'A', note: 'old' });
    await world.sync('A');
    world.save({ id: 'B', rank: 2 });
    expect(await world.sync('B')).toMatchObject({ outcome: 'updated', calls: 1 });
    expect(world.operations()).toEqual(['create', 'update']);
    expect(world.fields()).toEqual({ ticket: 'B', city: 'Lome', seats: 1 });
    expect(world.row('B').contact?.existed).toBe(true);
  });

  it('syncs an edit with one call and an exact redelivery with none', async () => {
    const world = createWorld();
    world.save({ id: 'A' });
    await world.sync('A');
    world.save({ id: 'A', city: 'Oslo' });
    expect(world.row('A').status).toBe('pending');
    expect(await world.sync('A')).toMatchObject({ outcome: 'updated', calls: 1 });
    world.save({ id: 'A', city: 'Oslo', rank: 9 });
    expect(world.row('A').status).toBe('synced');
    expect(await world.sync('A')).toMatchObject({
      outcome: 'unchanged',
      status: 'synced',
      calls: 0,
      reason: null,
    });
  });

  it('works orders of one phone that are due together as one, in any spelling', async () => {
    const world = createWorld();
    world.save({ id: 'A', rank: 1 });
    world.save({ id: 'B', rank: 3, phone: '+44 7700 900123', city: 'Oslo' });
    world.save({ id: 'C', rank: 2, phone: '00447700900123' });
    expect(await world.work()).toMatchObject([
      { orderId: 'A', outcome: 'created', reason: 'covered_by_newer' },
    ]);
    expect(world.operations()).toEqual(['create']);
    expect(world.fields()).toMatchObject({ ticket: 'B', city: 'Oslo' });
    expect(world.table.list().map(({ status }) => status)).toEqual(['synced', 'synced', 'synced']);
  });

  it('keys no other orders along where unkeyedLimit is 0', async () => {
    const world = createWorld({ unkeyedLimit: 0 });
    world.save({ id: 'A', rank: 1 });
    world.save({ id: 'B', rank: 2 });
    await world.work();
    expect(world.operations()).toEqual(['create', 'update']);
  });

  it('leaves the contact to the newer order when an older one comes late', async () => {
    const world = createWorld();
    world.save({ id: 'B', rank: 2 });
    await world.sync('B');
    world.save({ id: 'A', rank: 1, city: 'Oslo' });
    expect(await world.sync('A')).toMatchObject({
      outcome: 'unchanged',
      reason: 'covered_by_newer',
      status: 'synced',
      calls: 0,
    });
    expect(world.fields()).toMatchObject({ ticket: 'B', city: 'Lome' });
  });

  it('breaks a tie of ranks by the order id', async () => {
    const world = createWorld();
    world.save({ id: 'A', rank: 1 });
    world.save({ id: 'B', rank: 1 });
    await world.work();
    expect(world.fields()).toMatchObject({ ticket: 'B' });
  });
});
