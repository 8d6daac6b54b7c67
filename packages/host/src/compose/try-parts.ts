import { createPostgresStore } from '@visanet/cbb-postgres';
import type { CbbSyncOptions } from '../options/host-options.ts';
import { openClient } from '../parts/client.ts';
import { openEngine } from '../parts/engine.ts';
import type { HostSettings } from '../settings/host-settings.ts';
import { mappingOf } from './parts.ts';

const contracts = ['plan', 'v1.1'] as const;

/**
 * Makes the parts once for nothing, because each factory refuses wrong options: a host hears of them where it gives
 * them, and not when contract and account are known.
 *
 * @throws TypeError of the factory that refuses
 */
export function tryParts(settings: HostSettings, options: CbbSyncOptions<unknown>): void {
  const { clientOptions, engineOptions, storeOptions = {} } = options;
  for (const contract of contracts) {
    if (settings.contract !== 'auto' && settings.contract !== contract) continue;
    const mapping = mappingOf(options, contract);
    const gateway = openClient(settings, contract, clientOptions).contacts;
    const store = options.store ?? createPostgresStore<unknown>({ ...storeOptions, client: unused, mapping });
    openEngine({ store, gateway, mapping, onEvent: () => undefined }, settings, engineOptions);
  }
}

const unused = { query: () => Promise.reject(new Error('nothing is asked of it')) };
