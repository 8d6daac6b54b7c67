import { phones } from './scenario.ts';

// Imports neither phone nor mapping: what the service may hold in the end, told a second time.

interface Row {
  readonly id: string;
  readonly phone: string;
  readonly rank: number;
  readonly city: string | null;
  readonly seats: number | null;
  readonly note: string | null;
  readonly wanted: boolean;
}

/** All that the host ever said of one order, last things last. */
export interface Life {
  readonly rows: readonly Row[];
  /** It was there before the sync. */
  readonly history: boolean;
  /** Somebody asked for it, or it is new. */
  readonly taken: boolean;
}

export interface Expected {
  /** The contact must stand. */
  readonly contact: boolean;
  /** What it may hold, if it stands. */
  readonly mayHold: readonly string[];
}

export function digitsOf(spelling: string): string {
  const known = Object.entries(phones).find(([, spellings]) => spellings.some((one) => one === spelling));
  if (known === undefined) throw new Error('a spelling that the scenario does not know');
  return known[0];
}

export function holding(fields: Iterable<readonly [string, unknown]>): string {
  const set = [...fields].filter(([, value]) => value !== null);
  return JSON.stringify(set.sort(([a], [b]) => a.localeCompare(b)));
}

const valuesOf = ({ id, city, seats, note }: Row) =>
  holding([
    ['ticket', id],
    ['city', city],
    ['seats', seats],
    ['note', note],
  ]);

const isNewer = (a: Row, b: Row) => a.rank > b.rank || (a.rank === b.rank && a.id > b.id);

const lastOf = ({ rows }: Life): Row => {
  const last = rows.at(-1);
  if (last === undefined) throw new Error('a ticket without a row');
  return last;
};

/** The newest order from before the sync that the phone had then. */
function historyOf(phone: string, lives: readonly Life[]): Row | undefined {
  return lives
    .flatMap(({ rows, history }) => (history ? rows.slice(0, 1) : []))
    .filter((row) => row.wanted && digitsOf(row.phone) === phone)
    .reduce<Row | undefined>(
      (best, row) => (best === undefined || isNewer(row, best) ? row : best),
      undefined,
    );
}

/** Whether an order may be written for its phone, as far as history goes. */
export function isWritable(row: Row, phone: string, lives: readonly Life[]): boolean {
  const history = historyOf(phone, lives);
  return history === undefined || !isNewer(history, row);
}

/**
 * The newest order that counts gives the contact its values. An order that was newer and left the race may have left its
 * own, whole; nothing else may.
 */
export function expectedOf(phone: string, lives: readonly Life[]): Expected {
  const writable = lives.filter((life) => life.taken && isWritable(lastOf(life), phone, lives));
  const here = writable.filter((life) => digitsOf(lastOf(life).phone) === phone);
  const newest = here
    .map(lastOf)
    .filter(({ wanted }) => wanted)
    .reduce<Row | undefined>(
      (best, row) => (best === undefined || isNewer(row, best) ? row : best),
      undefined,
    );
  const past = (newest === undefined ? writable : here)
    .filter((life) => newest === undefined || isNewer(lastOf(life), newest))
    .flatMap(({ rows }) => rows.filter((row) => row.wanted && digitsOf(row.phone) === phone));
  const values = [...(newest === undefined ? [] : [newest]), ...past].map(valuesOf);
  return { contact: newest !== undefined, mayHold: values };
}
