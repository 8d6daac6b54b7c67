import { okAsync, type ResultAsync } from 'neverthrow';
import type { HostQueue } from '../cbb-sync.ts';
import type { HostError } from '../errors/host-error.ts';
import type { CbbSyncOptions, QueueParts } from '../options/host-options.ts';
import type { Closing } from '../parts/closing.ts';
import { loadPeer } from '../parts/load-peer.ts';
import type { HostSettings } from '../settings/host-settings.ts';
import { openBullmq } from './open-bullmq.ts';
import { openPgBoss } from './open-pg-boss.ts';

/** Nothing is connected yet, but where pg-boss has to be started. */
export function openQueue(
  { queue = 'function', queueOptions = {} }: Pick<CbbSyncOptions<unknown>, 'queue' | 'queueOptions'>,
  parts: QueueParts,
  settings: HostSettings,
  closing: Closing,
): ResultAsync<HostQueue, HostError> {
  if (typeof queue === 'function') return okAsync(queue(parts));
  switch (queue) {
    case 'function': {
      const { engine, onEvent } = parts;
      return loadPeer('@visanet/cbb-function', () => import('@visanet/cbb-function')).map(
        ({ createFunctionSync }) => createFunctionSync({ engine, onEvent }),
      );
    }
    case 'bullmq':
      return openBullmq(queueOptions, parts, settings);
    case 'pg-boss':
      return openPgBoss(queueOptions, parts, settings, closing);
  }
}
