import { Redis } from 'ioredis';

/** Every key and value of one queue as text. */
export async function dumpQueue(url: string, queueName: string): Promise<string> {
  const redis = new Redis(url);
  try {
    const keys = await redis.keys(`bull:${queueName}:*`);
    const values = await Promise.all(keys.map((key) => readKey(redis, key)));
    return JSON.stringify([keys, values]);
  } finally {
    redis.disconnect();
  }
}

/** Removes the data of a job and nothing else. */
export async function dropJob(url: string, queueName: string, jobId: string): Promise<void> {
  const redis = new Redis(url);
  try {
    await redis.del(`bull:${queueName}:${jobId}`);
    await redis.lrem(`bull:${queueName}:wait`, 0, jobId);
  } finally {
    redis.disconnect();
  }
}

async function readKey(redis: Redis, key: string): Promise<unknown> {
  switch (await redis.type(key)) {
    case 'hash':
      return redis.hgetall(key);
    case 'list':
      return redis.lrange(key, 0, -1);
    case 'set':
      return redis.smembers(key);
    case 'zset':
      return redis.zrange(key, 0, -1);
    case 'stream':
      return redis.xrange(key, '-', '+');
    default:
      return redis.get(key);
  }
}
