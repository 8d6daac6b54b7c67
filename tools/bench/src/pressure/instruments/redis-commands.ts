import type { Redis } from 'ioredis';

const ownCommands = /^cmdstat_(info|config)/;

/** Commands that the server has run, those of scripts included. */
export async function redisCommands(redis: Redis): Promise<number> {
  const statistics = await redis.info('commandstats');
  return statistics
    .split('\r\n')
    .filter((line) => line.startsWith('cmdstat_') && !ownCommands.test(line))
    .reduce((total, line) => total + Number(/calls=(\d+)/.exec(line)?.[1] ?? 0), 0);
}
