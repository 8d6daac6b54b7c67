/** Reads a value from outside; null where it is not what it should be. */
export type Reader<T> = (value: unknown) => { readonly value: T } | null;

export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const readText = (value: unknown): string | null => (typeof value === 'string' ? value : null);

export const readBoolean = (value: unknown): boolean | null => (typeof value === 'boolean' ? value : null);

/** Services send numbers where they mean text. */
export const readTextOrNumber = (value: unknown): string | null =>
  typeof value === 'string' || (typeof value === 'number' && Number.isFinite(value)) ? String(value) : null;

/** A number too large to be exact is refused rather than rounded. */
export function readWholeNumber(value: unknown): number | null {
  if (typeof value === 'string') return /^-?\d+$/.test(value) ? Number(value) : null;
  return typeof value === 'number' && Number.isSafeInteger(value) ? value : null;
}

/** An id: sent as text although documented as a number. */
export function readId(value: unknown): string | null {
  const id = typeof value === 'number' && !Number.isSafeInteger(value) ? null : readTextOrNumber(value);
  return id === '' ? null : id;
}

/** A list of which every member is what it should be. */
/* @__NO_SIDE_EFFECTS__ */
export function listOf<T>(read: Reader<T>): Reader<readonly T[]> {
  return (value) => {
    if (!Array.isArray(value)) return null;
    const members = value.map(read).filter((member) => member !== null);
    return members.length === value.length ? { value: members.map((member) => member.value) } : null;
  };
}

/** As `read`, and a list that is missing is empty. */
/* @__NO_SIDE_EFFECTS__ */
export function listOrNone<T>(read: Reader<T>): Reader<readonly T[]> {
  return (value) => listOf(read)(value ?? []);
}
