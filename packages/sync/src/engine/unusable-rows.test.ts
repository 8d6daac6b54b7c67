import { describe, expect, it } from 'vitest';
import { gatewayError } from '../../test/world/fake-service.ts';
import { type Ticket, ticket, ticketMapping } from '../../test/world/ticket.ts';
import { createWorld } from '../../test/world/world.ts';
import { MappingPartFailed } from '../mapping/try-mapping.ts';

const phone = '447700900123';

/** A row in which a mapped column is absent. */
function unreadable(world: ReturnType<typeof createWorld>, id: string, rank = 1): void {
  const { city: _, ...rest } = ticket({ id, rank });
  const parse = { ok: true, order: rest } as const;
  Object.assign(world.state.mapping, { parse: () => parse });
  world.table.host.saveRow(rest);
}

/** The ticket mapping, whose parts throw for orders of the city `Breakdown`. */
function breaking(part: 'phoneOf' | 'eligibilityOf' | 'desiredContact') {
  const mapping = {
    ...ticketMapping,
    [part](order: Ticket) {
      if (order.city === 'Breakdown') throw new RangeError(`of ${order.phone}`);
      return ticketMapping[part](order);
    },
  };
  return createWorld({ mapping });
}

describe('an order whose row cannot be read', () => {
  it('fails by the column, before any call, and is synced after an edit', async () => {
    const world = createWorld();
    unreadable(world, 'A');
    expect(await world.sync('A')).toMatchObject({
      outcome: 'failed',
      status: 'failed',
      failure: 'row_invalid',
      reason: 'row_invalid: city is absent',
      calls: 0,
    });
    expect(world.row('A')).toMatchObject({ status: 'failed', reason: 'row_invalid: city is absent' });
    world.save({ id: 'A' });
    expect(await world.sync('A')).toMatchObject({ outcome: 'created' });
  });

  it('keeps its phone: nobody can say that it left it', async () => {
    const world = createWorld();
    world.save({ id: 'old' });
    world.save({ id: 'A', rank: 2 });
    await world.work();
    unreadable(world, 'A', 2);
    await world.work();
    expect(world.row('A')).toMatchObject({ status: 'failed', phoneKey: phone });
    expect(world.fields()).toMatchObject({ ticket: 'A' });
  });

  it('does not block its phone, finished or not', async () => {
    const world = createWorld();
    world.save({ id: 'A', rank: 2 });
    await world.work();
    Object.assign(world.row('A'), { order: null, problems: ['city is absent'] });
    world.save({ id: 'B', rank: 3 });
    unreadable(world, 'C', 4);
    expect(await world.sync('B')).toMatchObject({ outcome: 'updated', status: 'synced' });
    expect(world.row('C').status).toBe('pending');
    expect(await world.sync('C')).toMatchObject({ failure: 'row_invalid' });
  });
});

describe('a mapping that throws', () => {
  it.each([
    ['phoneOf', 'phone'],
    ['eligibilityOf', 'eligible'],
    ['desiredContact', 'fields'],
  ] as const)('in %s fails the order and leaves the contact as it is', async (part, name) => {
    const world = breaking(part);
    world.save({ id: 'A', note: 'kept' });
    await world.sync('A');
    const before = world.fields();
    world.save({ id: 'A', city: 'Breakdown' });
    const report = await world.sync('A');
    const reason = `mapping_failed: ${name} (RangeError)`;
    expect(report).toMatchObject({ outcome: 'failed', failure: 'mapping_failed', reason, calls: 0 });
    expect(world.row('A')).toMatchObject({ status: 'failed', reason, phoneKey: phone });
    expect(world.fields()).toEqual(before);
    expect(JSON.stringify([report, world.events])).not.toContain(phone);
    expect(world.state.ledgers.get(phone)).toMatchObject({ lease: null, unclean: false });
    world.save({ id: 'A', city: 'Oslo' });
    expect(await world.sync('A')).toMatchObject({ outcome: 'updated', status: 'synced' });
  });

  it('names the field where the mapping can', async () => {
    const world = createWorld({
      mapping: {
        ...ticketMapping,
        desiredContact() {
          throw new MappingPartFailed({ part: 'city', error: 'UndeclaredColumn seats' });
        },
      },
    });
    world.save({ id: 'A' });
    expect((await world.sync('A')).reason).toBe('mapping_failed: city (UndeclaredColumn seats)');
  });

  it('for one order does not keep the others of its phone from the contact', async () => {
    const world = breaking('desiredContact');
    world.save({ id: 'A', rank: 1 });
    world.save({ id: 'B', rank: 2, city: 'Breakdown' });
    const reports = await world.work();
    expect(reports.map(({ status }) => status).sort()).toEqual(['failed', 'synced']);
    expect(world.fields()).toMatchObject({ ticket: 'A' });
    expect(world.row('B')).toMatchObject({ status: 'failed' });
  });

  it('is foreseen by a preview', async () => {
    const world = breaking('desiredContact');
    world.save({ id: 'A', city: 'Breakdown' });
    const preview = (await world.engine.preview('A'))._unsafeUnwrap();
    expect(preview).toMatchObject({
      outcome: 'failed',
      held: 'mapping_failed: fields (RangeError)',
      calls: [],
    });
  });
});

it('a refused request names its fields in the reason', async () => {
  const world = createWorld();
  world.save({ id: 'A' });
  const error = gatewayError('invalid_request', { missingFields: ['city', 'seats'] });
  world.service.fault = () => ({ when: 'before', error });
  const reason = 'invalid_request: city, seats';
  expect(await world.sync('A')).toMatchObject({ status: 'failed', failure: 'invalid_request', reason });
  expect(world.row('A').reason).toBe(reason);
});
