import { describe, expect, it } from 'vitest';
import { ticket } from '../../test/world/ticket.ts';
import { createWorld } from '../../test/world/world.ts';

const phone = '447700900123';

function withHistory() {
  const world = createWorld();
  world.table.host.saveHistory(ticket({ id: 'H', rank: 5, city: 'Harare' }));
  return world;
}

describe('orders from before the sync', () => {
  it('are not overwritten by older ones, which are skipped and never called synced', async () => {
    const world = withHistory();
    world.save({ id: 'A', rank: 4 });
    expect(await world.sync('A')).toMatchObject({
      outcome: 'skipped',
      status: 'skipped',
      reason: 'older_than_history',
      calls: 0,
    });
    expect(world.row('A')).toMatchObject({ status: 'skipped', reason: 'older_than_history' });
    expect(world.service.calls).toEqual([]);
  });

  it('give way to newer ones, which cover the older', async () => {
    const world = withHistory();
    world.save({ id: 'A', rank: 4 });
    world.save({ id: 'B', rank: 6 });
    await world.work();
    expect(world.fields()).toMatchObject({ ticket: 'B' });
    for (const id of ['A', 'B']) expect(world.row(id).status).toBe('synced');
    expect(world.row('H').status).toBe('history');
  });

  it('are synced when somebody asks, the newest of them only', async () => {
    const world = withHistory();
    world.table.host.saveHistory(ticket({ id: 'G', rank: 3 }));
    expect(await world.sync('G', { history: true })).toMatchObject({
      reason: 'older_than_history',
      calls: 0,
    });
    expect(await world.sync('H', { history: true })).toMatchObject({ outcome: 'created', status: 'synced' });
    expect(world.fields()).toMatchObject({ ticket: 'H' });
    expect(await world.sync('G')).toMatchObject({ outcome: 'unchanged', reason: 'covered_by_newer' });
  });

  it('keep an older order out also when the phone is under repair', async () => {
    const world = withHistory();
    world.save({ id: 'A', rank: 4 });
    world.save({ id: 'B', rank: 6 });
    await world.work();
    world.save({ id: 'B', rank: 6, phone: '12025550123' });
    world.save({ id: 'A', rank: 4, city: 'Accra' });
    await world.work();
    expect(world.fields(phone)).toMatchObject({ ticket: 'B' });
    expect(world.row('A')).toMatchObject({ status: 'skipped', reason: 'older_than_history' });
    expect(world.table.orphanedPhones()).toEqual([phone]);
  });

  it('that are ineligible hold nobody up', async () => {
    const world = createWorld();
    world.table.host.saveHistory(ticket({ id: 'H', rank: 5, wanted: false }));
    world.table.host.saveHistory(ticket({ id: 'I', rank: 5, phone: 'none' }));
    world.save({ id: 'A', rank: 4 });
    expect(await world.sync('A')).toMatchObject({ outcome: 'created' });
  });

  it('are shown by a preview as they would be taken', async () => {
    const world = withHistory();
    world.save({ id: 'A', rank: 4 });
    const previewOf = async (id: string, options = {}) =>
      (await world.engine.preview(id, options))._unsafeUnwrap();
    expect(await previewOf('H')).toMatchObject({ outcome: 'skipped', held: 'before_start', calls: [] });
    expect((await previewOf('H', { history: true }))?.calls[0]).toMatch(/^create/);
    expect(await previewOf('A')).toMatchObject({ outcome: 'skipped', held: 'older_than_history', calls: [] });
    expect(world.row('H').status).toBe('history');
  });
});
