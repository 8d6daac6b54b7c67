/** Types of order ids, a `varchar` counted as text. */
export type KeyType = 'text' | 'uuid' | 'bigint' | 'integer';

const forms: Readonly<Record<KeyType, RegExp>> = {
  text: /^/,
  uuid: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
  bigint: /^(0|-?[1-9][0-9]{0,18})$/,
  integer: /^(0|-?[1-9][0-9]{0,9})$/,
};

const limits: Readonly<Partial<Record<KeyType, readonly [bigint, bigint]>>> = {
  bigint: [-(2n ** 63n), 2n ** 63n - 1n],
  integer: [-(2n ** 31n), 2n ** 31n - 1n],
};

/** Whether a text can be the id of an order as the database writes it; one that cannot is no order's. */
export function isKey(type: KeyType, text: string): boolean {
  if (!forms[type].test(text)) return false;
  const range = limits[type];
  if (range === undefined) return true;
  const number = BigInt(text);
  return range[0] <= number && number <= range[1];
}

const keyTypes: Readonly<Record<string, KeyType>> = {
  text: 'text',
  'character varying': 'text',
  uuid: 'uuid',
  bigint: 'bigint',
  integer: 'integer',
};

/** By the catalog's name, or nothing where the sync cannot work with such ids. */
export function keyTypeOf(typeName: string): KeyType | undefined {
  return keyTypes[typeName.replace(/\(.*\)$/, '')];
}
