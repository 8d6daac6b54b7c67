import { describe, expect, it } from 'vitest';
import { createWorld } from '../../test/world/world.ts';

const phone = '447700900123';
const day = 86_400_000;

describe('WhatsApp', () => {
  it('is checked where the answer says nothing, once', async () => {
    const world = createWorld();
    world.service.answersWhatsApp = false;
    world.save({ id: 'A' });
    expect(await world.sync('A')).toMatchObject({ status: 'synced', whatsApp: 'yes', calls: 2 });
    world.save({ id: 'A', city: 'Oslo' });
    expect(await world.sync('A')).toMatchObject({ calls: 1 });
    expect(world.operations()).toEqual(['create', 'checkWhatsApp', 'update']);
  });

  it('is checked after every write where that is asked for', async () => {
    const world = createWorld({ alwaysCheckWhatsApp: true });
    world.save({ id: 'A' });
    await world.sync('A');
    world.save({ id: 'A', city: 'Oslo' });
    await world.sync('A');
    await world.sync('A');
    expect(world.operations()).toEqual(['create', 'checkWhatsApp', 'update', 'checkWhatsApp']);
  });

  it('is final as unknown where the gateway cannot check', async () => {
    const world = createWorld({ alwaysCheckWhatsApp: true });
    world.service.answersWhatsApp = false;
    world.service.capabilities = { ...world.service.capabilities, checksWhatsApp: false };
    world.save({ id: 'A' });
    expect(await world.sync('A')).toMatchObject({ status: 'synced', whatsApp: 'unknown', calls: 1 });
    expect(world.row('A').contact?.hasWhatsApp).toBeNull();
  });

  it('of a "no" is not asked again while it is fresh, and is renewed by a later write', async () => {
    const world = createWorld();
    world.service.withoutWhatsApp.add(phone);
    world.save({ id: 'A' });
    await world.sync('A');
    world.save({ id: 'A', city: 'Oslo' });
    expect(await world.sync('A')).toMatchObject({ status: 'no_whatsapp', calls: 1 });
    world.clock.advance(31 * day);
    expect(await world.sync('A')).toMatchObject({ status: 'no_whatsapp', calls: 0 });
    world.save({ id: 'A', city: 'Bergen' });
    expect(await world.sync('A')).toMatchObject({ status: 'no_whatsapp', calls: 2 });
  });

  it('is renewed after whatsAppMaxAgeMs', async () => {
    const world = createWorld({ whatsAppMaxAgeMs: 10 });
    world.service.withoutWhatsApp.add(phone);
    world.save({ id: 'A' });
    await world.sync('A');
    world.clock.advance(11);
    world.save({ id: 'A', city: 'Oslo' });
    expect(await world.sync('A')).toMatchObject({ calls: 2 });
  });

  it('of a "yes" is checked when a later answer says "no"', async () => {
    const world = createWorld();
    world.save({ id: 'A' });
    await world.sync('A');
    world.service.withoutWhatsApp.add(phone);
    world.save({ id: 'A', city: 'Oslo' });
    expect(await world.sync('A')).toMatchObject({ status: 'no_whatsapp', calls: 2 });
    world.service.withoutWhatsApp.clear();
    world.save({ id: 'A', city: 'Bergen' });
    expect(await world.sync('A')).toMatchObject({ status: 'synced', calls: 1 });
  });

  it('takes a "yes" from a contact that was found', async () => {
    const world = createWorld({ lookFirst: true });
    world.service.contacts.set(phone, {
      id: phone,
      name: null,
      email: null,
      fields: new Map(Object.entries({ ticket: 'A', city: 'Lome', seats: 1 })),
    });
    world.save({ id: 'A' });
    expect(await world.sync('A')).toMatchObject({ outcome: 'unchanged', whatsApp: 'yes', calls: 1 });
  });

  it('is a failure of the check when the answer is neither yes nor no', async () => {
    const world = createWorld();
    world.service.answersWhatsApp = false;
    const { checkWhatsApp } = world.service;
    world.service.checkWhatsApp = (...given) => checkWhatsApp(...given).map(() => 'unknown' as const);
    world.save({ id: 'A' });
    expect(await world.sync('A')).toMatchObject({
      outcome: 'failed',
      failure: 'whatsapp_unknown',
      status: 'pending',
    });
  });
});
