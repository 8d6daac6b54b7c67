import { describe, expect, it } from 'vitest';
import { readErrorCode } from '../errors/error-code.ts';
import { isProvenUnsent } from './unsent.ts';

const failed = (cause: unknown) => new TypeError('fetch failed', { cause });

describe('readErrorCode', () => {
  it.each([
    ['a code', { code: 'ECONNRESET' }, 'ECONNRESET'],
    ['a code of undici', failed({ code: 'UND_ERR_CONNECT_TIMEOUT' }), 'ETIMEDOUT'],
    ['a code of a cause of a cause', failed({ cause: { code: 'ENOTFOUND' } }), 'ENOTFOUND'],
    ['a certificate', failed({ code: 'CERT_HAS_EXPIRED' }), 'tls'],
    ['a handshake', failed({ code: 'ERR_SSL_WRONG_VERSION_NUMBER' }), 'tls'],
    ['compressed data', failed({ code: 'Z_DATA_ERROR' }), 'decompression'],
    ['headers', failed({ code: 'UND_ERR_HEADERS_OVERFLOW' }), 'header_overflow'],
    ['another code', failed({ code: 'ESECRET' }), undefined],
    ['no code', new TypeError('Failed to fetch'), undefined],
    ['nothing', undefined, undefined],
  ])('reads %s', (_, rejection, code) => {
    expect(readErrorCode(rejection)).toBe(code);
  });

  it('ends with a circle of causes', () => {
    const circle: { cause?: unknown } = {};
    circle.cause = circle;
    expect(readErrorCode(circle)).toBeUndefined();
  });
});

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
