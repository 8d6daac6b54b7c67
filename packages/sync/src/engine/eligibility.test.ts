import { describe, expect, it } from 'vitest';
import { ticket } from '../../test/world/ticket.ts';
import { createWorld } from '../../test/world/world.ts';

const first = '447700900123';
const second = '12025550123';

describe('an order that is not synced', () => {
  it.each([
    ['', 'missing'],
    ['not a phone', 'not_a_number'],
    ['0000000000', 'missing'],
  ])('fails with an invalid phone (%j) before any call', async (phone, reason) => {
    const world = createWorld();
    world.save({ id: 'A', phone });
    expect(await world.sync('A')).toMatchObject({
      outcome: 'failed',
      status: 'failed',
      failure: 'invalid_phone',
      reason: `invalid_phone: ${reason}`,
      phone: null,
      next: { kind: 'done' },
    });
    expect(world.row('A')).toMatchObject({
      status: 'failed',
      reason: `invalid_phone: ${reason}`,
      phoneKey: null,
    });
    expect(world.service.calls).toEqual([]);
  });

  it('is skipped with the reason when it is not eligible, and synced when it becomes so', async () => {
    const world = createWorld();
    world.save({ id: 'A', wanted: false });
    expect(await world.sync('A')).toMatchObject({
      outcome: 'skipped',
      status: 'skipped',
      reason: 'unwanted',
      calls: 0,
    });
    expect(world.row('A')).toMatchObject({ status: 'skipped', reason: 'unwanted', phoneKey: first });
    world.save({ id: 'A' });
    expect(await world.sync('A')).toMatchObject({ outcome: 'created' });
  });

  it('leaves the contact as it is when an edit makes the newest order ineligible', async () => {
    const world = createWorld();
    world.save({ id: 'A', rank: 1, city: 'Accra' });
    world.save({ id: 'B', rank: 2 });
    await world.work();
    world.save({ id: 'B', rank: 2, wanted: false, city: 'Oslo' });
    await world.work();
    world.save({ id: 'A', rank: 1, city: 'Bergen' });
    expect(await world.sync('A')).toMatchObject({ outcome: 'unchanged', reason: 'covered_by_newer' });
    expect(world.fields()).toMatchObject({ ticket: 'B', city: 'Lome' });
  });

  it('is history from before the start until a person asks for it', async () => {
    const world = createWorld();
    world.table.host.saveHistory(ticket({ id: 'A' }));
    const before = { outcome: 'skipped', status: 'history', reason: 'before_start', calls: 0 };
    expect(await world.sync('A')).toMatchObject(before);
    world.save({ id: 'A', city: 'Oslo' });
    expect(await world.work()).toEqual([]);
    expect(await world.sync('A')).toMatchObject(before);
    expect(await world.sync('A', { history: true })).toMatchObject({ outcome: 'created', status: 'synced' });
  });

  it('stays pending and untouched outside of the rollout, and is taken when the share rises', async () => {
    const world = createWorld({ rolloutPercent: 0 });
    world.save({ id: 'A' });
    expect(await world.sync('A')).toMatchObject({
      outcome: 'deferred',
      status: 'pending',
      reason: 'outside_rollout',
      next: { kind: 'done' },
    });
    expect(world.row('A')).toMatchObject({ status: 'pending', attempts: 0, phoneKey: first, reason: null });
    expect((await world.engine.claimDue(10)).unwrapOr(['error'])).toEqual([]);
    const claim = { limit: 10, visibilityMs: 1, leaseMs: 1, rolloutPercent: 100 };
    expect((await world.table.claimDue(claim)).unwrapOr([])).toEqual(['A']);
  });

  it.each(['off', 'dry_run'] as const)('is not taken by anything in mode %s', async (mode) => {
    const world = createWorld({ mode });
    world.save({ id: 'A' });
    expect(world.engine.mode).toBe(mode);
    expect((await world.engine.sync('A'))._unsafeUnwrapErr().kind).toBe('disabled');
    expect((await world.engine.claimDue(1))._unsafeUnwrapErr().kind).toBe('disabled');
    expect((await world.engine.erase({ orderId: 'A' }))._unsafeUnwrapErr().kind).toBe('disabled');
    expect(world.row('A').status).toBe('pending');
    expect(world.service.calls).toEqual([]);
  });

  it('is not found, retryably, when it is not committed yet', async () => {
    const world = createWorld();
    expect((await world.engine.sync('nobody'))._unsafeUnwrapErr()).toMatchObject({
      kind: 'order_not_found',
      retryable: true,
    });
    expect((await world.engine.arm('nobody'))._unsafeUnwrapErr().kind).toBe('order_not_found');
  });
});

describe('a phone that is changed by an edit', () => {
  it('moves the order and gives its old phone back to the next-newest order', async () => {
    const world = createWorld();
    world.save({ id: 'A', rank: 1, city: 'Accra' });
    world.save({ id: 'B', rank: 2 });
    await world.work();
    world.save({ id: 'B', rank: 2, phone: second });
    await world.work();
    expect(world.fields(second)).toMatchObject({ ticket: 'B' });
    expect(world.fields(first)).toMatchObject({ ticket: 'A', city: 'Accra' });
    expect(world.table.orphanedPhones()).toEqual([]);
  });

  it('reports a contact that lost its only order and deletes nothing', async () => {
    const world = createWorld();
    world.save({ id: 'A' });
    await world.work();
    world.save({ id: 'A', phone: second });
    await world.work();
    expect(world.events).toContainEqual({ kind: 'contact-orphaned', orderId: 'A' });
    expect(world.table.orphanedPhones()).toEqual([first]);
    expect([...world.service.contacts.keys()]).toEqual([first, second]);
  });

  it.each([
    ['an invalid one', { phone: 'none' }],
    ['another while the order becomes ineligible', { phone: second, wanted: false }],
  ])('to %s still gives the old phone back', async (_, change) => {
    const world = createWorld();
    world.save({ id: 'A', rank: 1, city: 'Accra' });
    world.save({ id: 'B', rank: 2 });
    await world.work();
    world.save({ id: 'B', rank: 2, ...change });
    await world.work();
    expect(world.fields(first)).toMatchObject({ ticket: 'A', city: 'Accra' });
  });

  it('passes the repair on past an order that is no longer eligible', async () => {
    const world = createWorld();
    world.save({ id: 'A', rank: 1, city: 'Accra' });
    world.save({ id: 'B', rank: 2 });
    world.save({ id: 'C', rank: 3 });
    await world.work();
    world.save({ id: 'C', rank: 3, phone: second });
    await world.sync('C');
    world.save({ id: 'B', rank: 2, wanted: false });
    await world.work();
    expect(world.fields(first)).toMatchObject({ ticket: 'A', city: 'Accra' });
    expect(world.row('B').status).toBe('skipped');
  });
});
