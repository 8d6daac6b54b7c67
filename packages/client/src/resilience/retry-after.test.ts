import { describe, expect, it } from 'vitest';
import { readRetryAfterMs } from './retry-after.ts';

const now = Date.parse('2025-08-20T10:00:00Z');
const read = (headers: Record<string, string>) => readRetryAfterMs(new Headers(headers), now);

describe('readRetryAfterMs', () => {
  it('reads seconds, rounding up', () => {
    expect(read({ 'retry-after': '30' })).toBe(30_000);
    expect(read({ 'retry-after': ' 0 ' })).toBe(0);
    expect(read({ 'retry-after': '0.0005' })).toBe(1);
  });

  it('reads an HTTP date', () => {
    expect(read({ 'retry-after': 'Wed, 20 Aug 2025 10:00:45 GMT' })).toBe(45_000);
  });

  it("measures a date by the service's own clock where it tells it", () => {
    const headers = {
      'retry-after': 'Wed, 20 Aug 2025 12:00:10 GMT',
      date: 'Wed, 20 Aug 2025 12:00:00 GMT',
    };
    expect(read(headers)).toBe(10_000);
  });

  it('takes a date in the past as no wait', () => {
    expect(read({ 'retry-after': 'Wed, 20 Aug 2025 09:00:00 GMT' })).toBe(0);
  });

  it.each([
    {},
    { 'retry-after': '' },
    { 'retry-after': '-5' },
    { 'retry-after': 'soon' },
    { 'retry-after': 'Wed, never' },
    { 'retry-after': '9'.repeat(400) },
    { 'retry-after': 'Infinity' },
    { 'retry-after': '1e9' },
  ])('has no answer for %o', (headers) => {
    expect(read(headers)).toBeUndefined();
  });
});
