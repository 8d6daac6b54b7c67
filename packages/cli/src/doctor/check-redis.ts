import { isObject } from '@visanet/cbb-sync';
import { Redis } from 'ioredis';
import { endsWithin } from '../compose/ends-within.ts';
import type { DriverWords } from '../output/driver-words.ts';
import { type Check, failure, ok, warning } from './check.ts';

const name = 'queue';
const connectMs = 5_000;

/** By the words or code of an error of ioredis, of which nothing else is told. */
const troubles: readonly (readonly [when: RegExp, message: string, remedy: string])[] = [
  [
    /WRONGPASS|NOAUTH|invalid password|without any password configured/,
    'Redis refuses the user or the password',
    'check user and password in REDIS_URL',
  ],
  [/NOPERM/, 'the user of Redis lacks a permission', 'give it all commands on the keys of the queue'],
  [/ENOTFOUND|EAI_/, 'the host of Redis is unknown', 'check the host name in REDIS_URL'],
  [/ECONNREFUSED/, 'nothing answers at the address of Redis', 'check host and port in REDIS_URL'],
  [/Protocol error/, 'what answers is not Redis', 'check host and port in REDIS_URL'],
];

function troubleOf(error: unknown): Check {
  const words = isObject(error) ? `${Reflect.get(error, 'code')} ${Reflect.get(error, 'message')}` : '';
  const found = troubles.find(([when]) => when.test(words));
  if (found !== undefined) return failure(name, found[1], found[2]);
  return failure(name, 'Redis does not answer', 'check REDIS_URL and the network');
}

export async function checkRedis(url: string, debug: DriverWords | null): Promise<readonly Check[]> {
  const redis = new Redis(url, {
    lazyConnect: true,
    connectTimeout: connectMs,
    maxRetriesPerRequest: 0,
    retryStrategy: () => null,
  });
  let trouble: unknown = null;
  redis.on('error', (error) => {
    debug?.('Redis', error);
    trouble = error;
  });
  let info: string | null = null;
  const asked = redis
    .connect()
    .then(() => redis.info())
    .then((answer) => {
      info = answer;
    })
    .catch((error: unknown) => {
      trouble ??= error;
    });
  await endsWithin(asked, connectMs);
  redis.disconnect();
  return info === null ? [troubleOf(trouble)] : judgeRedis(info);
}

/** `info` is the answer of Redis to INFO. */
export function judgeRedis(info: string): readonly Check[] {
  const read = (key: string) => new RegExp(`^${key}:(.*)$`, 'm').exec(info)?.[1]?.trim() ?? 'unknown';
  const version = read('redis_version');
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const policy = read('maxmemory_policy');
  const isOld = major < 6 || (major === 6 && minor < 2);
  return [
    isOld ? failure(name, `Redis ${version}`, 'Redis 6.2 or later is needed') : ok(name, `Redis ${version}`),
    policy === 'noeviction'
      ? ok('eviction policy', policy)
      : failure(
          'eviction policy',
          `${policy}: Redis would drop jobs when memory is short`,
          'CONFIG SET maxmemory-policy noeviction',
        ),
    ...(read('aof_enabled') === '1'
      ? []
      : [
          warning(
            name,
            'Redis keeps no log of its writes: after a crash the sweep must find the orders',
            'CONFIG SET appendonly yes',
          ),
        ]),
  ];
}
