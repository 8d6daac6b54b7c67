import { once } from 'node:events';
import { startPostgres } from '../../../tools/servers/postgres.ts';
import { startRedis } from '../../../tools/servers/redis.ts';

// Redis and Postgres for a process that cannot load TypeScript modules: tells their URLs in one line, and stops
// them when its input ends, however that process ended.
const [redis, postgres] = await Promise.all([startRedis(), startPostgres()]);
console.log(JSON.stringify({ redisUrl: redis.url, databaseUrl: postgres.url }));
process.stdin.resume();
await once(process.stdin, 'end');
await Promise.all([redis.stop(), postgres.stop()]);
