import { describe, expect, it } from 'vitest';
import { isProvenUnsent } from './unsent.ts';

const failed = (cause: unknown) => new TypeError('fetch failed', { cause });

describe('isProvenUnsent', () => {
  it('is proven by a refused connection, a look-up or a handshake that failed', () => {
    expect(isProvenUnsent(failed({ code: 'ECONNREFUSED' }))).toBe(true);
    expect(isProvenUnsent(failed({ code: 'ENOTFOUND' }))).toBe(true);
    expect(isProvenUnsent(failed({ code: 'CERT_HAS_EXPIRED' }))).toBe(true);
  });

  it.each([
    ['a reset', failed({ code: 'ECONNRESET' })],
    ['a cause without code', failed({})],
    ['a cause that is text', failed('ECONNREFUSED')],
    ['no cause', new TypeError('Failed to fetch')],
    ['no error', 'ECONNREFUSED'],
    ['a cause that is null', failed(null)],
  ])('is not proven by %s', (_, rejection) => {
    expect(isProvenUnsent(rejection)).toBe(false);
  });
});
