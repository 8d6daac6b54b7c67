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
  | { readonly kind: 'phone'; readonly ticket: number; readonly spelling: number }
  | { readonly kind: 'wanted'; readonly ticket: number; readonly wanted: boolean };

/** How many scheduling points pass before it starts: jobs follow each other as well as meet. */
interface Act {
  readonly startsAfter: number;
}

/** How a write of the service ends that does not end well. */
export interface WriteFault {
  /** `lost`: it took effect, its answer did not come. */
  readonly kind: 'lost' | 'half' | 'refused' | 'hangs_before' | 'hangs_after';
  /** Of all writes, which one. */
  readonly write: number;
}

/** A transaction of the host's that holds orders, and may change one of them at its end. */
export interface HostTransaction extends Act {
  readonly tickets: readonly number[];
  readonly forPoints: number;
  readonly edit: Edit | undefined;
}

export interface Scenario {
  readonly tickets: readonly Ticket[];
  /** How many of the tickets, from the first, were there before the sync. */
  readonly history: number;
  readonly jobs: readonly (Act & {
    readonly ticket: number;
    readonly fate: Fate | undefined;
    /** Asks for history. */
    readonly asks: boolean;
  })[];
  readonly edits: readonly (Act & { readonly edit: Edit })[];
  readonly transactions: readonly HostTransaction[];
  readonly erase: (Act & { readonly fate: Fate | undefined }) | undefined;
  readonly leaseExpiries: number;
  readonly faults: readonly WriteFault[];
  /** The ticket that the host takes out of the race while a write is left half done. */
  readonly turns: number | undefined;
  /** An update of several fields is one request. */
  readonly updatesInOneRequest: boolean;
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
/** Early, among the first jobs; or when some of them have ended. */
const anyTime = fc.oneof(startsAfter, fc.integer({ min: 20, max: 90 }));

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

const writeFault: fc.Arbitrary<WriteFault> = fc.record({
  kind: fc.constantFrom('lost', 'half', 'half', 'refused', 'hangs_before', 'hangs_after'),
  write: fc.nat(5),
});

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
  const wantedEdit: fc.Arbitrary<Edit> = fc.record({
    kind: fc.constant('wanted' as const),
    ticket: index,
    wanted: fc.oneof(
      { weight: 3, arbitrary: fc.constant(false) },
      { weight: 1, arbitrary: fc.constant(true) },
    ),
  });
  const edit = count === 1 ? fc.oneof(fieldEdit, wantedEdit) : fc.oneof(fieldEdit, phoneEdit, wantedEdit);
  return fc.record({
    tickets: ticketsOf(count),
    history: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: index }),
    jobs: fc.array(
      fc.record({
        startsAfter: anyTime,
        ticket: index,
        fate: sometimes(fate, 2),
        asks: fc.oneof(
          { weight: 3, arbitrary: fc.constant(false) },
          { weight: 1, arbitrary: fc.constant(true) },
        ),
      }),
      { minLength: 2, maxLength: 5 },
    ),
    edits: fc.array(fc.record({ startsAfter: anyTime, edit }), { maxLength: 3 }),
    transactions: fc.array(
      fc.record({
        startsAfter,
        tickets: fc.uniqueArray(index, { minLength: 1, maxLength: 3 }),
        forPoints: fc.integer({ min: 1, max: 12 }),
        edit: sometimes(edit, 2),
      }),
      { maxLength: 2 },
    ),
    erase: sometimes(fc.record({ startsAfter, fate: sometimes(fate, 2) }), 4),
    leaseExpiries: fc.nat(2),
    faults: fc.array(writeFault, { maxLength: 3 }),
    turns: sometimes(index, 2),
    updatesInOneRequest: fc.boolean(),
    wake: fc.constantFrom('during', 'after'),
  });
});

export function applyEdit(old: Ticket, edit: Edit): Ticket {
  switch (edit.kind) {
    case 'fields':
      return { ...old, city: edit.city, seats: edit.seats };
    case 'phone':
      return { ...old, phone: phones[secondPhone][edit.spelling] ?? secondPhone };
    case 'wanted':
      return { ...old, wanted: edit.wanted };
  }
}
