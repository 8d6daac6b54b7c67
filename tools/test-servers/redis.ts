import { startRedis } from '../servers/redis.ts';

/** Runs once before the tests of the projects that name it; their workers find the server in `REDIS_URL`. */
export default async function setup(): Promise<() => Promise<void>> {
  const server = await startRedis();
  process.env.REDIS_URL = server.url;
  return () => server.stop();
}
