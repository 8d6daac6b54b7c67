/** A repeatable source of chance. */
export interface Random {
  /** In [0, 1). */
  next(): number;
  /** One of the items; throws on an empty list. */
  pick<T>(items: readonly T[]): T;
}

/** Mulberry32: small, fast and the same on every machine; `purpose` keeps streams of one seed apart. */
export function createRandom(seed: number, purpose = ''): Random {
  let state = seed >>> 0;
  for (const character of purpose)
    state = Math.imul(state ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0;

  function next(): number {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  return {
    next,
    pick(items) {
      for (const item of items.slice(Math.floor(next() * items.length))) return item;
      throw new RangeError('nothing to pick from');
    },
  };
}
