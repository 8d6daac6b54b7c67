import { describe, expect, it } from 'vitest';
import { gatewayError } from '../../test/world/fake-service.ts';
import { ticketMapping } from '../../test/world/ticket.ts';
import { createWorld } from '../../test/world/world.ts';

const secrets = ['447700900123', '7700900123', 'Ada Example', 'a secret for tests only'];

describe('events', () => {
  it('give every order its one outcome, and the sums equal the input', async () => {
    const world = createWorld();
    for (const id of ['A', 'B', 'C']) world.save({ id, rank: Number.parseInt(id, 36) });
    world.save({ id: 'D', phone: 'none' });
    world.save({ id: 'E', wanted: false });
    for (const id of ['A', 'B', 'C', 'D', 'E']) await world.sync(id);
    const outcomes = world.events.flatMap((event) => (event.kind === 'sync-finished' ? [event.report] : []));
    expect(outcomes.map(({ orderId, outcome }) => [orderId, outcome])).toEqual([
      ['A', 'created'],
      ['B', 'unchanged'],
      ['C', 'unchanged'],
      ['D', 'failed'],
      ['E', 'skipped'],
    ]);
  });

  it('name a field that could not be used', async () => {
    const problems = [{ field: 'city', problem: 'too_long' }] as const;
    const mapping = { ...ticketMapping, desiredContact: () => ({ fields: {}, problems }) };
    const world = createWorld({ mapping });
    world.save({ id: 'A' });
    await world.sync('A');
    expect(world.events).toContainEqual({
      kind: 'field-unusable',
      orderId: 'A',
      field: 'city',
      problem: 'too_long',
    });
  });

  it('tell of a name that differs from the one the contact was created with', async () => {
    const world = createWorld();
    world.save({ id: 'A', name: 'Ada Example' });
    await world.sync('A');
    world.save({ id: 'B', rank: 2, name: 'Grace Example' });
    await world.sync('B');
    const drift = { kind: 'identity-drift', orderId: 'B', phone: '447700***123', fields: ['name'] };
    expect(world.events).toContainEqual(drift);
    expect(world.service.contacts.get('447700900123')?.name).toBe('Ada Example');
    world.save({ id: 'C', rank: 3, name: 'Ada Example' });
    await world.sync('C');
    expect(world.events.filter(({ kind }) => kind === 'identity-drift')).toHaveLength(1);
  });

  it('hold no phone, name or key, and neither do reports and stored reasons', async () => {
    const world = createWorld({ maxAttempts: 1, leaseMs: 1_000, callDeadlineMs: 100 });
    const kinds = ['network', 'partial_write', 'unauthorized', 'rate_limited', 'invalid_request'] as const;
    for (const [index, kind] of kinds.entries()) {
      world.save({ id: `A${index}`, rank: index, name: 'Ada Example' });
      world.service.fault = () => ({ when: 'before', error: gatewayError(kind) });
      await world.sync(`A${index}`);
    }
    world.service.fault = () => undefined;
    await world.work();
    const told = JSON.stringify([world.events, world.table.list().map(({ reason }) => reason)]);
    for (const value of secrets) expect(told).not.toContain(value);
  });

  it('of a listener that throws do not harm the sync', async () => {
    const world = createWorld({
      onEvent: () => {
        throw new Error('listener');
      },
    });
    world.save({ id: 'A' });
    expect(await world.sync('A')).toMatchObject({ outcome: 'created' });
  });
});
