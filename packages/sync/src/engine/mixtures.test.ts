import { errAsync, ResultAsync } from 'neverthrow';
import { describe, expect, it } from 'vitest';
import { gatewayError } from '../../test/world/fake-service.ts';
import { createWorld } from '../../test/world/world.ts';

const phone = '447700900123';

type World = ReturnType<typeof createWorld>;

/** The next update writes the city and leaves the rest. */
async function halfWrite(world: World, orderId: string): Promise<void> {
  const { update } = world.service;
  world.service.update = (contact, { set }, options) => {
    world.service.update = update;
    const { city = '', ...rest } = set;
    const missingFields = Object.keys(rest);
    return update(contact, { set: { city }, clear: [] }, options).andThen(() =>
      errAsync(gatewayError('partial_write', { missingFields })),
    );
  };
  expect(await world.sync(orderId)).toMatchObject({ outcome: 'partial', status: 'pending' });
}

/** B replaces A in part only. */
async function half(): Promise<World> {
  const world = createWorld();
  world.save({ id: 'A', rank: 1, city: 'Accra', seats: 1 });
  await world.sync('A');
  world.save({ id: 'B', rank: 2, city: 'Bergen', seats: 2 });
  await halfWrite(world, 'B');
  expect(world.fields()).toMatchObject({ ticket: 'A', city: 'Bergen' });
  return world;
}

describe('a contact that was left half written', () => {
  it('is finished by the order itself as long as that stays in the race', async () => {
    const world = await half();
    await world.again('B');
    expect(world.fields()).toMatchObject({ ticket: 'B', city: 'Bergen', seats: 2 });
    expect(world.state.ledgers.get(phone)?.appliedHashes).toBeNull();
  });

  it('goes back to the newest order that counts when its own leaves the race', async () => {
    const world = await half();
    world.save({ id: 'B', rank: 2, city: 'Bergen', seats: 2, wanted: false });
    await world.work();
    expect(world.fields()).toEqual({ ticket: 'A', city: 'Accra', seats: 1 });
    expect(world.row('B')).toMatchObject({ status: 'skipped', reason: 'unwanted' });
    expect(world.row('A').status).toBe('synced');
  });

  it('goes back to what was applied though that order left the race as well', async () => {
    const world = await half();
    world.save({ id: 'A', rank: 1, city: 'Accra', seats: 1, wanted: false });
    world.save({ id: 'B', rank: 2, city: 'Bergen', seats: 2, wanted: false });
    await world.work();
    expect(world.fields()).toEqual({ ticket: 'A', city: 'Accra', seats: 1 });
    for (const id of ['A', 'B']) expect(world.row(id).status).toBe('skipped');
    expect(world.table.orphanedPhones()).toEqual([]);
  });

  it('is told to a person where no order gives what was applied any more', async () => {
    const world = await half();
    world.save({ id: 'A', rank: 1, city: 'Turku', seats: 1, wanted: false });
    world.save({ id: 'B', rank: 2, city: 'Bergen', seats: 2, wanted: false });
    await world.work();
    expect(world.fields()).toMatchObject({ ticket: 'A', city: 'Bergen' });
    expect(world.events.some(({ kind }) => kind === 'contact-orphaned')).toBe(true);
    expect(world.table.orphanedPhones()).toEqual([phone]);
    world.save({ id: 'A', rank: 1, city: 'Turku', seats: 2, wanted: false });
    await world.work();
    expect(world.table.orphanedPhones()).toEqual([phone]);
    world.save({ id: 'C', rank: 3, city: 'Cork', seats: 3 });
    await world.work();
    expect(world.fields()).toEqual({ ticket: 'C', city: 'Cork', seats: 3 });
    expect(world.table.orphanedPhones()).toEqual([]);
  });

  it('by a process that died goes back in the same way', async () => {
    const world = createWorld();
    world.save({ id: 'A', rank: 1, city: 'Accra' });
    await world.sync('A');
    world.save({ id: 'B', rank: 2, city: 'Bergen' });
    await world.crash('B');
    world.service.contacts.get(phone)?.fields.set('city', 'Bergen');
    world.save({ id: 'B', rank: 2, city: 'Bergen', wanted: false });
    await world.work();
    expect(world.fields()).toMatchObject({ ticket: 'A', city: 'Accra' });
  });

  it('by a process that died is not forgotten by the next, which comes to no call', async () => {
    const world = createWorld();
    world.save({ id: 'A', rank: 1, city: 'Accra' });
    await world.sync('A');
    world.save({ id: 'B', rank: 2, city: 'Bergen' });
    await world.crash('B');
    world.service.contacts.get(phone)?.fields.set('city', 'Bergen');
    world.service.fault = () => ({ when: 'before', error: gatewayError('circuit_open') });
    await world.sync('B');
    world.service.fault = () => undefined;
    world.save({ id: 'B', rank: 2, wanted: false });
    await world.work();
    expect(world.fields()).toMatchObject({ ticket: 'A', city: 'Accra' });
  });

  it('while its order left the race already is not left to itself', async () => {
    const world = createWorld();
    world.save({ id: 'A', rank: 1, city: 'Accra', seats: 1 });
    await world.sync('A');
    world.save({ id: 'B', rank: 2, city: 'Bergen', seats: 2 });
    const { update } = world.service;
    const missingFields = ['ticket', 'seats'];
    world.service.update = (contact, { set }, options) => {
      world.service.update = update;
      const turned = async () => {
        world.save({ id: 'B', rank: 2, city: 'Bergen', seats: 2, wanted: false });
        expect(await world.sync('B')).toMatchObject({ outcome: 'deferred', reason: 'phone_busy' });
        return update(contact, { set: { city: set.city ?? '' }, clear: [] }, options);
      };
      return new ResultAsync(turned()).andThen(() =>
        errAsync(gatewayError('partial_write', { missingFields })),
      );
    };
    await world.sync('B');
    world.clock.advance(60_000);
    await world.work();
    expect(world.row('B').status).toBe('skipped');
    expect(world.fields()).toEqual({ ticket: 'A', city: 'Accra', seats: 1 });
  });

  it('by a write of unknown outcome counts too', async () => {
    const world = createWorld();
    world.save({ id: 'A', rank: 1, city: 'Accra' });
    await world.sync('A');
    world.save({ id: 'B', rank: 2, city: 'Bergen' });
    world.service.fault = () => ({ when: 'after', error: gatewayError('timeout') });
    await world.sync('B');
    world.service.fault = () => undefined;
    world.save({ id: 'B', rank: 2, wanted: false });
    await world.work();
    expect(world.fields()).toMatchObject({ ticket: 'A', city: 'Accra' });
  });

  it('by its own row that can no longer be mapped goes back, and the order fails', async () => {
    const world = await half();
    Object.assign(world.row('B'), { order: null, problems: ['city is absent'] });
    expect(await world.again('B')).toMatchObject({ outcome: 'failed', failure: 'row_invalid', calls: 1 });
    expect(world.fields()).toMatchObject({ ticket: 'A', city: 'Accra' });
    expect(world.row('B').status).toBe('failed');
  });

  it('is foreseen by a preview', async () => {
    const world = await half();
    world.save({ id: 'B', rank: 2, city: 'Bergen', seats: 2, wanted: false });
    const preview = (await world.engine.preview('B'))._unsafeUnwrap();
    expect(preview).toMatchObject({ targetOrderId: 'A', calls: ['update'] });
  });

  it('leaves nothing behind where no write was tried', async () => {
    const world = createWorld();
    world.save({ id: 'A' });
    const error = gatewayError('circuit_open');
    world.service.fault = () => ({ when: 'before', error });
    await world.sync('A');
    expect(world.state.ledgers.get(phone)?.appliedHashes).toBeNull();
    world.save({ id: 'A', wanted: false });
    expect(await world.sync('A')).toMatchObject({ outcome: 'skipped', calls: 0 });
    expect(world.events.some(({ kind }) => kind === 'contact-orphaned')).toBe(false);
  });
});

it('a contact that holds all fields of an order is no mixture, though its WhatsApp is unknown', async () => {
  const world = createWorld();
  world.service.answersWhatsApp = false;
  world.save({ id: 'A', city: 'Accra' });
  world.service.fault = (operation) =>
    operation === 'checkWhatsApp' ? { when: 'before', error: gatewayError('network') } : undefined;
  await world.sync('A');
  expect(world.state.ledgers.get(phone)).toMatchObject({ appliedHashes: null, applied: { orderId: 'A' } });
  world.save({ id: 'A', wanted: false });
  expect(await world.sync('A')).toMatchObject({ outcome: 'skipped', calls: 0 });
});
