import { expect, it } from 'vitest';
import { createPhoneReader } from './phone-reader.ts';

it('reads every form of a phone, and none', () => {
  const read = createPhoneReader();
  expect(read('447700900123')._unsafeUnwrap()).toBe('447700900123');
  expect(read({ code: '44', number: '07700 900123' })._unsafeUnwrap()).toBe('447700900123');
  for (const nothing of [null, undefined, '']) {
    expect(read(nothing)._unsafeUnwrapErr()).toMatchObject({ kind: 'invalid_phone', reason: 'missing' });
  }
});

it('remembers the last thousand that it read, by when they were asked for', () => {
  const read = createPhoneReader();
  const kept = read('447700900123');
  const forgotten = read('447700900456');
  for (let index = 0; index < 999; index += 1) {
    expect(read(`x${index}`).isErr()).toBe(true);
    expect(read('447700900123')).toBe(kept);
  }
  const again = read('447700900456');
  expect(again).toEqual(forgotten);
  expect(again).not.toBe(forgotten);
});
