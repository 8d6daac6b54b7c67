import { once } from 'node:events';
import { type PostgresServer, startPostgres } from '../../servers/postgres.ts';
import { type RedisServer, startRedis } from '../../servers/redis.ts';
import { stopSignal } from '../../servers/stop-signal.ts';

// Redis and Postgres for another process: tells their URLs in one line, and stops them when its input ends, however
// that process ended.
const stopped = stopSignal();
let redis: RedisServer | null = null;
let postgres: PostgresServer | null = null;
try {
  redis = await startRedis();
  postgres = await startPostgres();
  console.log(JSON.stringify({ redisUrl: redis.url, databaseUrl: postgres.url }));
  process.stdin.resume();
  await Promise.race([once(process.stdin, 'end'), stopped]);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  await redis?.stop();
  await postgres?.stop();
  process.stdin.destroy();
}
