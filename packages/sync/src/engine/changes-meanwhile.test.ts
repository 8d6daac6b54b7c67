import { errAsync } from 'neverthrow';
import { describe, expect, it } from 'vitest';
import { gatewayError } from '../../test/world/fake-service.ts';
import { createWorld } from '../../test/world/world.ts';

const first = '447700900123';
const second = '12025550123';

/** Lets something happen in the middle of the first call to the service. */
function duringFirstCall(world: ReturnType<typeof createWorld>, happen: () => void) {
  world.service.fault = () => {
    world.service.fault = () => undefined;
    happen();
    return undefined;
  };
}

describe('an order that changes in the middle of its sync', () => {
  it('is written with its new values in the same turn', async () => {
    const world = createWorld();
    world.save({ id: 'A' });
    duringFirstCall(world, () => world.save({ id: 'A', city: 'Oslo' }));
    expect(await world.sync('A')).toMatchObject({ outcome: 'created', status: 'synced', calls: 2 });
    expect(world.fields()).toMatchObject({ city: 'Oslo' });
  });

  it('is skipped when it may no longer be synced, and the contact stays', async () => {
    const world = createWorld();
    world.save({ id: 'A' });
    duringFirstCall(world, () => world.save({ id: 'A', wanted: false }));
    expect(await world.sync('A')).toMatchObject({
      outcome: 'skipped',
      status: 'skipped',
      reason: 'unwanted',
      calls: 1,
    });
    expect(world.row('A')).toMatchObject({ status: 'skipped', reason: 'unwanted', contact: null });
    expect(world.fields()).toMatchObject({ ticket: 'A' });
  });

  it('is begun anew when its phone was edited', async () => {
    const world = createWorld();
    world.save({ id: 'A' });
    duringFirstCall(world, () => world.save({ id: 'A', phone: second }));
    expect(await world.sync('A')).toMatchObject({ outcome: 'created', phone: '12025***23' });
    expect(world.fields(second)).toMatchObject({ ticket: 'A' });
    expect(world.state.ledgers.get(first)).toMatchObject({ lease: null, contact: 'exists' });
    expect(world.table.orphanedPhones()).toEqual([first]);
  });

  it('is not found when its row was deleted, and the phone is free again', async () => {
    const world = createWorld();
    world.save({ id: 'A' });
    duringFirstCall(world, () => world.state.rows.delete('A'));
    expect((await world.engine.sync('A'))._unsafeUnwrapErr().kind).toBe('order_not_found');
    expect(world.state.ledgers.get(first)?.lease).toBeNull();
  });
});

describe('a contact that changes in the middle of a sync', () => {
  it('is not chased for ever when it vanishes after each create', async () => {
    const world = createWorld({ alwaysCheckWhatsApp: true });
    world.save({ id: 'A' });
    world.service.fault = (operation) => {
      if (operation === 'checkWhatsApp') world.service.contacts.clear();
      return undefined;
    };
    const report = await world.sync('A');
    expect(report).toMatchObject({ outcome: 'failed', failure: 'conflict', status: 'pending' });
    expect(report.calls).toBe(world.service.calls.length);
    expect(report.calls).toBeLessThan(15);
  });

  it('still holds what it held after an update that was refused', async () => {
    const world = createWorld();
    world.save({ id: 'A' });
    await world.sync('A');
    world.save({ id: 'A', city: 'Oslo' });
    world.service.update = () => errAsync(gatewayError('invalid_request'));
    expect(await world.sync('A')).toMatchObject({ outcome: 'failed', failure: 'invalid_request' });
    world.save({ id: 'A' });
    expect(await world.sync('A')).toMatchObject({ outcome: 'unchanged', calls: 0 });
  });
});
