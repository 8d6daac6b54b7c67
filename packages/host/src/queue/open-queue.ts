import { okAsync, type ResultAsync } from 'neverthrow';
import type { HostQueue } from '../cbb-sync.ts';
import type { Materials } from '../compose/parts.ts';
import type { HostError } from '../errors/host-error.ts';
import type { QueueParts } from '../options/host-options.ts';
import { loadPeer } from '../parts/load-peer.ts';
import { openBullmq } from './open-bullmq.ts';
import { openPgBoss } from './open-pg-boss.ts';

/** Nothing is connected yet, but where pg-boss has to be started. */
export function openQueue(
  materials: Pick<Materials, 'options' | 'settings' | 'closing' | 'tellDriver'>,
  parts: QueueParts,
): ResultAsync<HostQueue, HostError> {
  const { queue = 'function', queueOptions = {} } = materials.options;
  if (typeof queue === 'function') return okAsync(queue(parts));
  switch (queue) {
    case 'function': {
      const { engine, onEvent } = parts;
      return loadPeer('@visanet/cbb-function', () => import('@visanet/cbb-function')).map(
        ({ createFunctionSync }) => createFunctionSync({ engine, onEvent }),
      );
    }
    case 'bullmq':
      return openBullmq(queueOptions, parts, materials);
    case 'pg-boss':
      return openPgBoss(queueOptions, parts, materials);
  }
}
