import { checkOptions } from '@visanet/cbb-sync';
import { describe, expect, it } from 'vitest';
import { serverConnection } from './server-connection.ts';

const check = (connection: unknown) => () =>
  checkOptions('createMyQueueSync', { connection }, { connection: serverConnection });

describe('serverConnection', () => {
  it.each([
    ['an address', { url: 'redis://127.0.0.1:6379' }],
    ['host and port', { host: 'redis.internal', port: 6_379 }],
    ['a socket', { path: '/run/redis.sock' }],
    ['options without an address, whose defaults are meant', {}],
    ['an instance', new (class Client {})()],
  ])('takes %s', (_, connection) => {
    expect(check(connection)).not.toThrow();
  });

  it('names each part of the address that is given without a value, as an unset variable gives it', () => {
    expect(check({ url: undefined })).toThrow('connection: url is given but has no value');
    expect(check({ url: '' })).toThrow('connection: url is given but has no value');
    expect(check({ host: null, port: undefined, path: '/run/redis.sock' })).toThrow(
      'connection: host, port is given but has no value',
    );
  });

  it.each([undefined, null, 'redis://127.0.0.1:6379', 6_379])('refuses %s, which is no options', (value) => {
    expect(check(value)).toThrow('connection: must be options of a client or an instance');
  });
});
