/** Without the members that are undefined, so that the receiver's own defaults hold. */
export function given<T extends object>(values: T): { [K in keyof T]?: Exclude<T[K], undefined> };
export function given(values: object): object {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}
