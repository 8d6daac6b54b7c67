import { describe, expect, it } from 'vitest';
import {
  checkOptions,
  hasClasses,
  hasCounts,
  hasMethods,
  isFunction,
  nonEmptyText,
  optional,
  wholeNumber,
} from './check-options.ts';

const rules = {
  size: wholeNumber(1, 9),
  name: optional(nonEmptyText),
  hook: optional(isFunction),
  port: optional(hasMethods('open', 'close')),
  delay: optional(wholeNumber(0)),
};

describe('checkOptions', () => {
  it('accepts what the rules accept, and leaves optional ones out', () => {
    expect(() => checkOptions('create', { size: 9 }, rules)).not.toThrow();
    const port = { open() {}, close() {} };
    expect(() =>
      checkOptions('create', { size: 1, name: 'a', hook() {}, port, delay: 0 }, rules),
    ).not.toThrow();
  });

  it('lists every problem in one TypeError', () => {
    const wrong = { size: 0, name: '', hook: 1, port: { open() {} }, delay: 0.5, sise: 1 };
    expect(() => checkOptions('create', wrong, rules)).toThrow(
      new TypeError(
        'create: sise: unknown option; size: must be a whole number from 1 to 9; name: must be a non-empty string; hook: must be a function; port: must have the methods open, close; delay: must be a whole number of at least 0',
      ),
    );
  });

  it('misses what is required', () => {
    expect(() => checkOptions('create', {}, rules)).toThrow('size: must be a whole number');
    expect(hasMethods('open')(null)).toBe('must have the methods open');
    expect(hasMethods('open')('text')).toBe('must have the methods open');
  });

  it('tells counts and classes from what is not', () => {
    const window = hasCounts('max', 'durationMs');
    expect(window({ max: 1, durationMs: 1_000 })).toBeUndefined();
    for (const wrong of [{ max: 1 }, { max: 0, durationMs: 1 }, { max: 1, durationMs: 1, burst: 1 }, null]) {
      expect(window(wrong)).toBe('must be { max, durationMs }, whole numbers of at least 1');
    }
    expect(hasClasses('Queue')({ Queue: class {} })).toBeUndefined();
    expect(hasClasses('Queue')({ Queue: 1 })).toBe('must hold the classes Queue');
  });
});
