/** Values that a service answered with success and did not keep, remembered so that nobody tries them for ever. */
export interface Refusals {
  /** Notes that these fields of the contact were not kept; true where the same was noted before. */
  repeats(phone: string, fields: readonly string[]): boolean;
  /** The contact's last write was kept whole. */
  forget(phone: string): void;
}

const most = 1_000;

export function createRefusals(): Refusals {
  const noted = new Map<string, string>();
  return {
    repeats(phone, fields) {
      const names = JSON.stringify([...fields].sort());
      const before = noted.get(phone);
      noted.delete(phone);
      noted.set(phone, names);
      const [oldest] = noted.keys();
      if (noted.size > most && oldest !== undefined) noted.delete(oldest);
      return before === names;
    },
    forget: (phone) => noted.delete(phone),
  };
}
