import { describe, expect, it } from 'vitest';
import { gatewayError } from '../../test/world/fake-service.ts';
import { type Ticket, ticket, ticketMapping } from '../../test/world/ticket.ts';
import { createWorld } from '../../test/world/world.ts';
import type { FieldIntent } from '../mapping/mapping.ts';

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
      outcome: null,
      held: null,
      targetOrderId: 'A',
      calls: ['create, or find and update on conflict', 'check_whatsapp, unless the answer says yes'],
      changes: [
        { field: 'ticket', change: 'set', newValue: '***' },
        { field: 'city', change: 'set', newValue: '***' },
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
        { field: 'city', change: 'set', newValue: '***', oldValue: '***' },
        { field: 'seats', change: 'set', newValue: '***', oldValue: null },
        { field: 'note', change: 'clear', newValue: null, oldValue: '***' },
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

  it('shows no part of any value, old or new, of whatever type', async () => {
    const world = createWorld();
    const secrets = ['Ada Lovelace', 'ada@example.test', 'P1234567', '1 Long Street', '1815-12-10', 31415926];
    const fields: Record<string, FieldIntent> = Object.fromEntries(
      secrets.map((value, index) => [`field${index}`, { kind: 'set', value }]),
    );
    fields.flag = { kind: 'set', value: true };
    const mapping = { ...ticketMapping, desiredContact: () => ({ fields, problems: [] }) };
    const reading = createWorld({ mapping });
    for (const each of [world, reading]) each.save({ id: 'A', city: 'Reykjavik', name: 'Grace Hopper' });
    reading.service.contacts.set(phone, {
      id: phone,
      name: null,
      email: null,
      fields: new Map([['field0', 'Katherine Johnson']]),
    });
    const shown = [await previewOf(world), await previewOf(reading, { read: true })];
    const values = shown.flatMap((preview) =>
      (preview?.changes ?? []).flatMap(({ newValue, oldValue }) => [newValue, oldValue ?? null]),
    );
    expect(new Set(values)).toEqual(new Set(['***', null]));
    const text = JSON.stringify(shown);
    for (const secret of [...secrets, 'Ada', 'Reyk', 'Grace', 'Kath', 'true'])
      expect(text).not.toContain(String(secret));
  });

  describe('of an order that ends before any call agrees with the sync', () => {
    const ends: readonly [string, string, string, () => Promise<ReturnType<typeof createWorld>>][] = [
      [
        'history from before the start',
        'skipped',
        'before_start',
        async () => {
          const world = createWorld();
          world.table.host.saveHistory(ticket({ id: 'A' }));
          return world;
        },
      ],
      ['an invalid phone', 'failed', 'invalid_phone: missing', async () => saved({ phone: 'none' })],
      ['an ineligible order', 'skipped', 'unwanted', async () => saved({ wanted: false })],
      ['the rollout', 'deferred', 'outside_rollout', async () => saved({}, { rolloutPercent: 0 })],
      [
        'an erased phone',
        'skipped',
        'erased',
        async () => {
          const world = saved({});
          expect((await world.engine.erase({ phone })).isOk()).toBe(true);
          world.service.calls.length = 0;
          return world;
        },
      ],
    ];

    function saved(changes: Partial<Ticket>, options = {}) {
      const world = createWorld(options);
      world.save({ id: 'A', ...changes });
      return world;
    }

    it.each(ends)('%s', async (_, outcome, reason, arrange) => {
      const world = await arrange();
      const before = JSON.stringify(world.row('A'));
      const preview = await previewOf(world, { read: true });
      expect(preview).toMatchObject({ outcome, held: reason, targetOrderId: null, calls: [], changes: [] });
      expect(JSON.stringify(world.row('A'))).toBe(before);
      const report = await world.sync('A');
      expect(report).toMatchObject({ outcome, reason, calls: 0 });
      expect(preview?.phone).toBe(report.reason === 'erased' ? '447700***123' : report.phone);
      expect(world.service.calls).toEqual([]);
    });
  });

  it('is null where there is no such order', async () => {
    expect(await previewOf(createWorld())).toBeNull();
  });

  it('hands on the error of a look', async () => {
    const world = createWorld();
    world.save({ id: 'A' });
    world.service.fault = () => ({ when: 'before', error: gatewayError('network') });
    expect((await world.engine.preview('A', { read: true }))._unsafeUnwrapErr().kind).toBe('network');
  });
});
