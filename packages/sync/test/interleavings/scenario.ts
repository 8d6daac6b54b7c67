import fc from 'fast-check';
import { type Ticket, ticket } from '../world/ticket.ts';
import type { Fate } from './process.ts';

/** Three and more spellings of each phone; the digits are what the service must hold. */
export const phones = {
  '447700900123': ['447700900123', '+44 7700 900123', '00447700900123', '+44 (0)7700 900123'],
  '12025550123': ['12025550123', '+1 202-555-0123', '001 (202) 555 0123', '+1.202.555.0123'],
} as const;

export const firstPhone = '447700900123';
const secondPhone = '12025550123';

const spellings = 4;

export type Edit =
  | { readonly kind: 'fields'; readonly ticket: number; readonly city: string | null; readonly seats: number }
  /** Never the first ticket: a phone keeps at least one order. */
  | { readonly kind: 'phone'; readonly ticket: number; readonly spelling: number };

/** How many scheduling points pass before it starts: jobs follow each other as well as meet. */
interface Act {
  readonly startsAfter: number;
}

export interface Scenario {
  readonly tickets: readonly Ticket[];
  readonly jobs: readonly (Act & { readonly ticket: number; readonly fate: Fate | undefined })[];
  readonly edits: readonly (Act & { readonly edit: Edit })[];
  readonly erase: (Act & { readonly fate: Fate | undefined }) | undefined;
  readonly leaseExpiries: number;
  /** Which writes of the service take effect although their answer is lost. */
  readonly lostAnswers: readonly number[];
  /** When frozen processes wake up: while others recover, or when all is done. */
  readonly wake: 'during' | 'after';
}

const fate: fc.Arbitrary<Fate> = fc.record({
  kind: fc.constantFrom('crash', 'zombie'),
  // Load, begin, write, complete: most faults are tried round the write.
  atCall: fc.oneof(
    { weight: 3, arbitrary: fc.integer({ min: 2, max: 3 }) },
    { weight: 2, arbitrary: fc.nat(6) },
  ),
  when: fc.constantFrom('before', 'after'),
});

/** Present in one case of `oneIn`. */
const sometimes = <T>(arbitrary: fc.Arbitrary<T>, oneIn: number) =>
  fc.oneof({ weight: 1, arbitrary }, { weight: oneIn - 1, arbitrary: fc.constant(undefined) });

const startsAfter = fc.nat(20);

const spelling = fc.nat(spellings - 1);

const ticketsOf = (count: number): fc.Arbitrary<Ticket[]> =>
  fc.tuple(
    ...Array.from({ length: count }, (_, index) =>
      fc
        .record({ spelling, rank: fc.nat(3), seats: fc.nat(3) })
        .map(({ spelling, rank, seats }) =>
          ticket({ id: `T${index}`, phone: phones[firstPhone][spelling] ?? firstPhone, rank, seats }),
        ),
    ),
  );

export const scenarios: fc.Arbitrary<Scenario> = fc.integer({ min: 1, max: 3 }).chain((count) => {
  const index = fc.nat(count - 1);
  const fieldEdit: fc.Arbitrary<Edit> = fc.record({
    kind: fc.constant('fields' as const),
    ticket: index,
    city: fc.constantFrom('Accra', 'Oslo', null),
    seats: fc.nat(9),
  });
  const phoneEdit: fc.Arbitrary<Edit> = fc.record({
    kind: fc.constant('phone' as const),
    ticket: fc.integer({ min: 1, max: Math.max(1, count - 1) }),
    spelling,
  });
  return fc.record({
    tickets: ticketsOf(count),
    jobs: fc.array(fc.record({ startsAfter, ticket: index, fate: sometimes(fate, 2) }), {
      minLength: 2,
      maxLength: 5,
    }),
    edits: fc.array(
      fc.record({ startsAfter, edit: count === 1 ? fieldEdit : fc.oneof(fieldEdit, phoneEdit) }),
      {
        maxLength: 3,
      },
    ),
    erase: sometimes(fc.record({ startsAfter, fate: sometimes(fate, 2) }), 4),
    leaseExpiries: fc.nat(2),
    lostAnswers: fc.array(fc.nat(5), { maxLength: 2 }),
    wake: fc.constantFrom('during', 'after'),
  });
});

export function applyEdit(tickets: readonly Ticket[], edit: Edit): Ticket | undefined {
  const old = tickets[edit.ticket];
  if (old === undefined) return undefined;
  if (edit.kind === 'fields') return { ...old, city: edit.city, seats: edit.seats };
  return { ...old, phone: phones[secondPhone][edit.spelling] ?? secondPhone };
}
