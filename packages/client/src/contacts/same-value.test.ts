import { describe, expect, it } from 'vitest';
import { createRefusals } from './refusals.ts';
import { isSameValue } from './same-value.ts';

describe('isSameValue', () => {
  it.each([
    [1, '1'],
    [1.5, '1.50'],
    [0, '0'],
    [2e3, '2000'],
    ['x', ' x '],
    [' x', 'x'],
    [true, 'true'],
    [null, ''],
    ['', undefined],
    ['  ', null],
  ])('takes %j for the same as %j', (sent, shown) => {
    expect(isSameValue(sent, shown)).toBe(true);
  });

  it.each([
    [0, ''],
    [0, null],
    [1, 'one'],
    ['x', 'X'],
    ['a b', 'ab'],
    [true, 'false'],
    ['1.50', '1.5'],
  ])('takes %j for another than %j', (sent, shown) => {
    expect(isSameValue(sent, shown)).toBe(false);
  });
});

it('refusals repeat where the same fields of the same contact are not kept, until one write is', () => {
  const refusals = createRefusals();
  expect(refusals.repeats('1', ['a', 'b'])).toBe(false);
  expect(refusals.repeats('2', ['a', 'b'])).toBe(false);
  expect(refusals.repeats('1', ['b', 'a'])).toBe(true);
  expect(refusals.repeats('1', ['a'])).toBe(false);
  refusals.forget('1');
  expect(refusals.repeats('1', ['a'])).toBe(false);
  for (let phone = 10; phone < 1_010; phone += 1) refusals.repeats(String(phone), ['a']);
  expect(refusals.repeats('1', ['a'])).toBe(false);
});
