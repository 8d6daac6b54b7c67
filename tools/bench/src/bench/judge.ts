import type { ContractName } from './contract.ts';
import type { Measurement } from './measure.ts';
import type { StoredContact } from './service/messages.ts';
import type { ExpectedContact, ExpectedFields } from './trace/expected-contacts.ts';

/** Most calls that our engine may make, as a multiple of the floor. */
const allowance = 1.05;

export interface Ours {
  readonly measurement: Measurement;
  readonly floor: number;
}

/** Reasons to fail the bench, in words without a phone. */
export function judge(
  all: readonly Measurement[],
  ours: readonly Ours[],
  lowestFloor: number,
  expected: ReadonlyMap<string, ExpectedContact>,
  contract: ContractName,
): string[] {
  const below = all
    .filter(({ total }) => total < lowestFloor)
    .map(({ name, total }) => `${name}: ${total} calls are below the floor of ${lowestFloor}`);
  const above = ours.flatMap(({ measurement: { name, total }, floor }) =>
    total >= floor && total <= floor * allowance
      ? []
      : [`${name}: ${total} calls are not within 1 to ${allowance} times the floor of ${floor}`],
  );
  const wrong = ours.flatMap(({ measurement: { name, contacts } }) => {
    const count = wrongContacts(contacts, expected, contract);
    return count === 0 ? [] : [`${name}: ${count} contacts differ from what they must be`];
  });
  return [...below, ...above, ...wrong];
}

/** Contacts that are missing, too many, or not as expected. */
export function wrongContacts(
  contacts: readonly StoredContact[],
  expected: ReadonlyMap<string, ExpectedContact>,
  contract: ContractName,
): number {
  const found = new Map(contacts.map((contact) => [contact.id, contact]));
  const wrong = [...expected].filter(
    ([phone, contact]) => !isAsExpected(found.get(phone), contact, contract),
  );
  const surplus = contacts.filter(({ id }) => !expected.has(id));
  return wrong.length + surplus.length;
}

function isAsExpected(
  found: StoredContact | undefined,
  { name, email, fields }: ExpectedContact,
  contract: ContractName,
): boolean {
  if (found === undefined || found.name !== name || found.email !== email) return false;
  return holdsFields(found, fields, contract);
}

/** Exactly these custom fields hold these values. */
export function holdsFields(
  found: Pick<StoredContact, 'fields'>,
  fields: ExpectedFields,
  contract: ContractName,
): boolean {
  const wanted = Object.entries(fields).map(
    ([field, value]) => [field, encode(field, value, contract)] as const,
  );
  const held = Object.keys(found.fields).length;
  return held === wanted.length && wanted.every(([field, value]) => found.fields[field] === value);
}

/** As the service keeps a value: v1.1 takes texts only, and moments as seconds since 1970. */
function encode(field: string, value: string | number, contract: ContractName): string | number {
  if (contract === 'plan') return value;
  const isMoment = field === 'entry_date' || field === 'order_date';
  return isMoment ? String(Math.floor(Date.parse(String(value)) / 1_000)) : String(value);
}
