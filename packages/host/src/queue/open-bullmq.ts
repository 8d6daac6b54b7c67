import type { BullmqQueueLike } from '@visanet/cbb-bullmq';
import { hasMethods } from '@visanet/cbb-sync';
import { err, ok, type Result, type ResultAsync } from 'neverthrow';
import type { HostQueue } from '../cbb-sync.ts';
import type { Materials } from '../compose/parts.ts';
import { type HostError, invalidConfiguration } from '../errors/host-error.ts';
import type { QueueOptions, QueueParts } from '../options/host-options.ts';
import { loadPeer } from '../parts/load-peer.ts';

const queueProblem = hasMethods('addBulk', 'getDeduplicationJobId', 'removeDeduplicationKey', 'on', 'off');
const isQueue = (value: object): value is BullmqQueueLike => queueProblem(value) === undefined;

/** Nothing is connected before the first enqueue. */
export function openBullmq(
  { queueName, queue, connection, prefix, lockMs }: QueueOptions,
  parts: QueueParts,
  { settings, tellDriver }: Pick<Materials, 'settings' | 'tellDriver'>,
): ResultAsync<HostQueue, HostError> {
  return loadPeer('@visanet/cbb-bullmq', () => import('@visanet/cbb-bullmq')).andThen(
    ({ createBullmqSync }): Result<HostQueue, HostError> => {
      const onDriverError = (error: unknown) => tellDriver('Redis', error);
      const common = { ...parts, onDriverError, ...(lockMs === undefined ? {} : { lockMs }) };
      if (queue !== undefined) {
        if (isQueue(queue)) return ok(createBullmqSync({ ...common, queue }));
        return err(invalidConfiguration(['queueOptions.queue must be a Queue of BullMQ']));
      }
      return ok(
        createBullmqSync({
          ...common,
          connection: connection ?? { url: settings.redisUrl },
          ...(queueName === undefined ? {} : { queueName }),
          ...(prefix === undefined ? {} : { prefix }),
        }),
      );
    },
  );
}
