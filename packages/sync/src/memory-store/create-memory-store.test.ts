import { describe, expect, it } from 'vitest';
import { FakeService } from '../../test/world/fake-service.ts';
import { createSyncEngine } from '../engine/create-sync-engine.ts';
import type { Mapping } from '../mapping/mapping.ts';
import { createMemoryStore } from './create-memory-store.ts';

interface Booking {
  readonly id: string;
  readonly at: Date | string | number;
}

const phone = '447700900123';

const mapping: Mapping<Booking> = {
  parse: () => ({ ok: false, problems: ['not used'] }),
  orderIdOf: ({ id }) => id,
  orderIdColumn: 'id',
  rankColumn: 'at',
  watchedColumns: [],
  fieldNames: ['booking'],
  phoneOf: () => phone,
  eligibilityOf: () => ({ eligible: true }),
  desiredContact: ({ id }) => ({ fields: { booking: { kind: 'set', value: id } }, problems: [] }),
};

/** Syncs the bookings one after the other, each saved only then, and tells whose values the contact ends with. */
async function winnerOf(bookings: readonly Booking[]) {
  const store = createMemoryStore({ mapping });
  const service = new FakeService();
  const engine = createSyncEngine({ store, gateway: service, mapping });
  for (const booking of bookings) {
    store.save(booking);
    expect((await engine.sync(booking.id)).isOk()).toBe(true);
  }
  return service.contacts.get(phone)?.fields.get('booking');
}

describe('the rank of an order in memory', () => {
  it.each([
    // As text, Monday would come after Friday.
    ['dates', new Date('2026-01-05T00:00:00Z'), new Date('2026-01-09T00:00:00Z')],
    ['ISO 8601 text', '2025-12-31T23:59:59Z', '2026-01-01T00:00:00Z'],
    ['numbers', 9, 10],
  ])('compares %s by what they mean', async (_, older, newer) => {
    const first = { id: 'B', at: older };
    const last = { id: 'A', at: newer };
    expect(await winnerOf([first, last])).toBe('A');
    expect(await winnerOf([last, first])).toBe('A');
  });

  it.each([new Date('2026-01-05T00:00:00Z'), '2026-01-05', 7])(
    'lets order ids decide between equal ranks (%s)',
    async (at) => {
      const copy = at instanceof Date ? new Date(at) : at;
      expect(
        await winnerOf([
          { id: 'B', at },
          { id: 'A', at: copy },
        ]),
      ).toBe('B');
      expect(
        await winnerOf([
          { id: 'A', at },
          { id: 'B', at: copy },
        ]),
      ).toBe('B');
    },
  );

  it('is set by the first save and not moved by a redelivery', async () => {
    const late = new Date('2026-02-01T00:00:00Z');
    const first = { id: 'A', at: new Date('2026-01-01T00:00:00Z') };
    expect(
      await winnerOf([first, { id: 'B', at: new Date('2026-01-02T00:00:00Z') }, { id: 'A', at: late }]),
    ).toBe('B');
  });
});
