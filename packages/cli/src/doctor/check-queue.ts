import type { CbbConfiguration } from '@visanet/cbb-sync';
import type pg from 'pg';
import type { QueueFlags } from '../compose/queue-flags.ts';
import type { DriverWords } from '../output/driver-words.ts';
import { type Check, failure, ok, warning } from './check.ts';
import { checkRedis } from './check-redis.ts';

const name = 'queue';

export async function checkQueue(
  flags: QueueFlags,
  configuration: CbbConfiguration,
  pool: pg.Pool,
  debug: DriverWords | null,
): Promise<readonly Check[]> {
  switch (flags.queue) {
    case 'function':
      return [ok(name, 'the orders table is the queue')];
    case 'bullmq':
      return checkRedis(configuration.redisUrl ?? '', debug);
    case 'pg-boss':
      return [await checkPgBoss(flags, pool)];
  }
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
