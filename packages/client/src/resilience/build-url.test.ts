import { describe, expect, it } from 'vitest';
import { buildUrl, isUrlOf } from './build-url.ts';
import type { Operation } from './operation.ts';

const base = 'https://cbb.example/api';
const operation: Operation = {
  name: 'readThing',
  method: 'GET',
  pathTemplate: '/things/{id}/parts/{name}',
  intent: 'read',
};

describe('buildUrl', () => {
  it('encodes parameters and query', () => {
    const url = buildUrl(base, operation, {
      params: { id: '1', name: 'a/b?c#d é' },
      query: { q: 'x&y=+z', r: '' },
    });
    expect(url._unsafeUnwrap()).toBe(`${base}/things/1/parts/a%2Fb%3Fc%23d%20%C3%A9?q=x%26y%3D%2Bz&r=`);
  });

  it.each(['', '.', '..', '\ud800'])('refuses %j, which would change the path', (name) => {
    expect(buildUrl(base, operation, { params: { id: '1', name } })._unsafeUnwrapErr().kind).toBe(
      'invalid_request',
    );
  });

  it('refuses a parameter that is missing', () => {
    expect(buildUrl(base, operation, {}).isErr()).toBe(true);
  });
});

describe('isUrlOf', () => {
  it.each([
    [`${base}/things/1/parts/2`, true],
    [`${base}/things/1/parts/2?q=1`, true],
    [`${base}/things/1/parts/`, false],
    [`${base}/things/1/parts/2/3`, false],
    [`${base}/things/1/../parts/2`, false],
    ['https://elsewhere.example/api/things/1/parts/2', false],
    ['https://cbb.example/things/1/parts/2', false],
  ])('%s: %s', (url, expected) => {
    expect(isUrlOf(url, base, operation)).toBe(expected);
  });

  it('knows a base without a path', () => {
    expect(isUrlOf('http://127.0.0.1:8080/things/1/parts/2', 'http://127.0.0.1:8080', operation)).toBe(true);
  });
});
