import type { CbbConfiguration } from '@visanet/cbb-sync';
import { Redis } from 'ioredis';
import type pg from 'pg';
import type { QueueFlags } from '../compose/queue-flags.ts';
import { type Check, failure, ok, warning } from './check.ts';

const name = 'queue';
const connectMs = 5_000;

export async function checkQueue(
  flags: QueueFlags,
  configuration: CbbConfiguration,
  pool: pg.Pool,
): Promise<readonly Check[]> {
  switch (flags.queue) {
    case 'function':
      return [ok(name, 'the orders table is the queue')];
    case 'bullmq':
      return checkRedis(configuration.redisUrl ?? '');
    case 'pg-boss':
      return [await checkPgBoss(flags, pool)];
  }
}

async function checkRedis(url: string): Promise<readonly Check[]> {
  const redis = new Redis(url, {
    lazyConnect: true,
    connectTimeout: connectMs,
    maxRetriesPerRequest: 0,
    retryStrategy: () => null,
  });
  redis.on('error', () => undefined);
  const info = await redis
    .connect()
    .then(() => redis.info())
    .catch(() => null);
  redis.disconnect();
  if (info === null) return [failure(name, 'Redis does not answer', 'check REDIS_URL and the network')];
  return judgeRedis(info);
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

const defaultQueue = 'cbb-sync-v1';

async function checkPgBoss(flags: QueueFlags, pool: pg.Pool): Promise<Check> {
  const queue = flags['queue-name'] ?? defaultQueue;
  const schema = flags['queue-schema'] ?? 'pgboss';
  const query = async () => {
    const { rows } = await pool.query('SELECT to_regclass($1) IS NOT NULL AS present', [
      `"${schema.replaceAll('"', '""')}".queue`,
    ]);
    if (rows[0]?.present !== true) return null;
    const found = await pool.query(
      `SELECT policy FROM "${schema.replaceAll('"', '""')}".queue WHERE name = $1`,
      [queue],
    );
    return String(found.rows[0]?.policy ?? 'none');
  };
  const policy = await query().catch(() => 'unreadable');
  if (policy === 'singleton') return ok(name, `${queue} of pg-boss, policy ${policy}`);
  if (policy === null || policy === 'none') {
    return warning(name, `${queue} of pg-boss is not there yet`, 'the first worker creates it');
  }
  if (policy === 'unreadable') {
    return failure(name, "pg-boss's tables cannot be read", 'grant the role access to them');
  }
  return failure(name, `${queue} has policy ${policy}, but needs singleton`, 'choose another --queue-name');
}
