import type { RedisClient } from '@visanet/cbb-rate-limit';
import type { ResultAsync } from 'neverthrow';
import type { HostError } from '../errors/host-error.ts';
import type { Closing } from './closing.ts';
import type { DriverErrorListener } from './driver-errors.ts';
import { loadPeer } from './load-peer.ts';

/** A connection for short commands: what Redis does not answer at once fails, and is asked again by the next request. */
export function openRedis(
  url: string,
  closing: Closing,
  tellDriver: DriverErrorListener,
): ResultAsync<RedisClient, HostError> {
  return loadPeer('ioredis', () => import('ioredis')).map(({ Redis }) => {
    const redis = new Redis(url, { maxRetriesPerRequest: 1, connectionName: 'cbb-rate-limit' });
    // Without a listener ioredis writes each failure to the console; the limiter tells of it.
    redis.on('error', (error) => tellDriver('Redis', error));
    closing.add(async () => redis.disconnect());
    return redis;
  });
}
