import { describe, expect, it } from 'vitest';
import { gatewayError } from '../../test/world/fake-service.ts';
import { createWorld } from '../../test/world/world.ts';

const phone = '447700900123';

function known(world: ReturnType<typeof createWorld>, fields: Record<string, string>) {
  world.service.contacts.set(phone, {
    id: phone,
    name: 'Old',
    email: null,
    fields: new Map(Object.entries(fields)),
  });
}

describe('finding a contact', () => {
  it('creates first and looks only on conflict, then writes what differs', async () => {
    const world = createWorld();
    known(world, { ticket: 'A', city: 'Lome', note: 'stale' });
    world.save({ id: 'A' });
    expect(await world.sync('A')).toMatchObject({ outcome: 'updated', calls: 3 });
    expect(world.operations()).toEqual(['create', 'find', 'update']);
    expect(world.fields()).toEqual({ ticket: 'A', city: 'Lome', seats: 1 });
    expect(world.row('A').contact?.existed).toBe(true);
  });

  it('looks first where that is asked for', async () => {
    const world = createWorld({ lookFirst: true });
    world.save({ id: 'A' });
    await world.sync('A');
    expect(world.operations()).toEqual(['find', 'create']);
  });

  it('looks first where a duplicate create is not refused', async () => {
    const world = createWorld();
    world.service.capabilities = { ...world.service.capabilities, conflictOnCreate: false };
    known(world, { ticket: 'A', city: 'Lome', seats: '1' });
    world.save({ id: 'A' });
    expect(await world.sync('A')).toMatchObject({ outcome: 'unchanged', calls: 1 });
    expect(world.operations()).toEqual(['find']);
  });

  it('looks again after a create whose answer was lost, and never creates twice', async () => {
    const world = createWorld();
    world.save({ id: 'A' });
    world.service.fault = () => ({ when: 'after', error: gatewayError('timeout') });
    expect(await world.sync('A')).toMatchObject({ outcome: 'failed', failure: 'timeout', status: 'pending' });
    world.service.fault = () => undefined;
    expect(await world.again('A')).toMatchObject({ outcome: 'unchanged', status: 'synced' });
    expect(world.operations()).toEqual(['create', 'find']);
    expect(world.service.creates.get(phone)).toBe(1);
  });

  it('writes again the fields of an update whose answer was lost', async () => {
    const world = createWorld();
    world.save({ id: 'A' });
    await world.sync('A');
    world.save({ id: 'A', city: 'Oslo' });
    world.service.fault = () => ({ when: 'before', error: gatewayError('network') });
    await world.sync('A');
    world.service.fault = () => undefined;
    expect(await world.again('A')).toMatchObject({ outcome: 'updated', calls: 1 });
    expect(world.fields()).toMatchObject({ city: 'Oslo' });
  });

  it('creates a contact anew that was deleted in the service', async () => {
    const world = createWorld();
    world.save({ id: 'A' });
    await world.sync('A');
    world.service.contacts.delete(phone);
    world.save({ id: 'A', city: 'Oslo' });
    expect(await world.sync('A')).toMatchObject({ outcome: 'created', calls: 2 });
    expect(world.operations()).toEqual(['create', 'update', 'create']);
    expect(world.fields()).toEqual({ ticket: 'A', city: 'Oslo', seats: 1 });
  });

  it('creates anew when the WhatsApp check says that the contact is gone', async () => {
    const world = createWorld({ alwaysCheckWhatsApp: true });
    world.save({ id: 'A' });
    let deleted = false;
    world.service.fault = (operation) => {
      if (operation === 'checkWhatsApp' && !deleted) deleted = world.service.contacts.delete(phone);
      return undefined;
    };
    expect(await world.sync('A')).toMatchObject({ outcome: 'created', status: 'synced' });
    expect(world.operations()).toEqual(['create', 'checkWhatsApp', 'create', 'checkWhatsApp']);
  });

  it('gives up for now when the service says both that a contact exists and that it does not', async () => {
    const world = createWorld();
    world.save({ id: 'A' });
    world.service.fault = (operation) =>
      operation === 'create'
        ? { when: 'before', error: gatewayError('conflict', { effect: 'none' }) }
        : undefined;
    expect(await world.sync('A')).toMatchObject({ outcome: 'failed', failure: 'conflict', calls: 3 });
  });

  it('does not go on for ever with a contact that keeps vanishing', async () => {
    const world = createWorld();
    world.save({ id: 'A' });
    await world.sync('A');
    world.save({ id: 'A', city: 'Oslo' });
    world.service.contacts.clear();
    world.service.fault = (operation) => {
      world.service.contacts.clear();
      return operation === 'create' ? { when: 'before', error: gatewayError('conflict') } : undefined;
    };
    const { calls, outcome } = await world.sync('A');
    expect(outcome).toBe('failed');
    expect(calls).toBeLessThan(15);
  });

  it('writes everything again when forced', async () => {
    const world = createWorld();
    world.save({ id: 'A' });
    await world.sync('A');
    world.service.contacts.get(phone)?.fields.set('city', 'edited by hand');
    expect(await world.sync('A')).toMatchObject({ outcome: 'unchanged', calls: 0 });
    expect(await world.sync('A', { force: true })).toMatchObject({ outcome: 'updated', calls: 1 });
    expect(world.fields()).toMatchObject({ city: 'Lome' });
  });

  it('reads a contact again after verifyAfterMs and repairs what was edited there', async () => {
    const world = createWorld({ verifyAfterMs: 1_000 });
    world.save({ id: 'A' });
    await world.sync('A');
    world.service.contacts.get(phone)?.fields.set('city', 'edited by hand');
    world.clock.advance(1_000);
    expect(await world.sync('A')).toMatchObject({ calls: 0 });
    world.clock.advance(1);
    expect(await world.sync('A')).toMatchObject({ outcome: 'updated', calls: 2 });
    expect(world.operations()).toEqual(['create', 'find', 'update']);
    expect(await world.sync('A')).toMatchObject({ calls: 0 });
  });

  it('reads rather than rewrites after a crash where an update costs a request per field', async () => {
    const world = createWorld();
    world.service.capabilities = { ...world.service.capabilities, updatesInOneRequest: false };
    world.save({ id: 'A' });
    await world.sync('A');
    expect((await world.table.rearm('A')).isOk()).toBe(true);
    await world.crash('A');
    expect(await world.sync('A')).toMatchObject({ outcome: 'unchanged', calls: 1 });
    expect(world.operations()).toEqual(['create', 'find']);
  });

  it('names what a partial write left out and sends only that the next time', async () => {
    const world = createWorld();
    world.save({ id: 'A' });
    await world.sync('A');
    world.save({ id: 'A', city: 'Oslo', seats: 7 });
    const error = gatewayError('partial_write', { missingFields: ['seats'] });
    world.service.fault = () => ({ when: 'before', error });
    expect(await world.sync('A')).toMatchObject({
      outcome: 'partial',
      status: 'pending',
      missingFields: ['seats'],
      reason: 'partial_write: seats',
    });
    world.service.fault = () => undefined;
    await world.again('A');
    // The fault claimed that city was written, so only seats is sent.
    expect(world.fields()).toMatchObject({ city: 'Lome', seats: 7 });
  });

  it('counts a contact whose create was partial as created and sends only the rest', async () => {
    const world = createWorld();
    world.save({ id: 'A' });
    const error = gatewayError('partial_write', { missingFields: ['seats'] });
    world.service.fault = () => ({ when: 'after', error });
    expect(await world.sync('A')).toMatchObject({ outcome: 'partial' });
    world.service.fault = () => undefined;
    expect(await world.again('A')).toMatchObject({ outcome: 'updated', calls: 1 });
  });

  it('believes nothing of a partial write that names no field', async () => {
    const world = createWorld();
    world.save({ id: 'A' });
    world.service.fault = () => ({ when: 'after', error: gatewayError('partial_write') });
    expect(await world.sync('A')).toMatchObject({
      outcome: 'partial',
      missingFields: [],
      reason: 'partial_write',
    });
    world.service.contacts.get(phone)?.fields.clear();
    world.service.fault = () => undefined;
    await world.again('A');
    expect(world.fields()).toEqual({ ticket: 'A', city: 'Lome', seats: 1 });
    world.save({ id: 'A', city: 'Oslo' });
    world.service.fault = () => ({ when: 'before', error: gatewayError('partial_write') });
    expect(await world.sync('A')).toMatchObject({ outcome: 'partial' });
    world.service.fault = () => undefined;
    await world.again('A');
    expect(world.fields()).toMatchObject({ city: 'Oslo' });
  });
});
