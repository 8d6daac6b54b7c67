import type { Simulator } from '@visanet/cbb-testkit';
import type { ExpectedFields } from './scenario.ts';

/** How an account of contract v1.1 stores values, by the code of the field's type: always as text. */
const readers: Readonly<Record<number, (text: string) => string | number | boolean>> = {
  1: Number,
  2: (seconds) => new Date(Number(seconds) * 1_000).toISOString().slice(0, 10),
  3: (seconds) => new Date(Number(seconds) * 1_000).toISOString(),
  4: (digit) => digit === '1',
};

/** The fields of every contact by phone, as they were meant. */
export function storedContacts(simulator: Simulator): ReadonlyMap<string, ExpectedFields> {
  const { customFields } = simulator.settings;
  const typeOf = new Map(customFields.map(({ name, type }) => [name, type]));
  const meant = (name: string, value: string | number | boolean) => {
    const reader = simulator.contract === 'v1.1' ? readers[typeOf.get(name) ?? 0] : undefined;
    return reader === undefined ? value : reader(String(value));
  };
  return new Map(
    [...simulator.contacts].map(([phone, { fields }]) => [
      phone,
      Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, meant(name, value)])),
    ]),
  );
}
