import { phones } from './scenario.ts';

// Imports neither phone nor mapping: what the service must hold in the end, told a second time.

interface Row {
  readonly id: string;
  readonly phone: string;
  readonly rank: number;
  readonly city: string | null;
  readonly seats: number | null;
  readonly note: string | null;
}

export function digitsOf(spelling: string): string {
  const known = Object.entries(phones).find(([, spellings]) => spellings.some((one) => one === spelling));
  if (known === undefined) throw new Error('a spelling that the scenario does not know');
  return known[0];
}

/** Contact id → its fields, sorted by id. */
export function expectedContacts(rows: readonly Row[], erased: ReadonlySet<string>) {
  const newest = new Map<string, Row>();
  for (const row of rows) {
    const phone = digitsOf(row.phone);
    const best = newest.get(phone);
    if (best === undefined || row.rank > best.rank || (row.rank === best.rank && row.id > best.id))
      newest.set(phone, row);
  }
  return [...newest]
    .filter(([phone]) => !erased.has(phone))
    .map(([phone, { id, city, seats, note }]) => {
      const fields = { ticket: id, city, seats, note };
      return {
        id: phone,
        fields: Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null)),
      };
    })
    .sort((a, b) => a.id.localeCompare(b.id));
}
