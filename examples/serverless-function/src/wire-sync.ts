import { createCbbSyncOrThrow, type HostEvent, type ThrowingCbbSync } from '@visanet/cbb-host';
import type { Pool } from 'pg';
import type { Configuration } from './configuration.ts';

/** All the wiring that a host needs; the store is the queue. The mapping of Vizi's orders follows the contract. */
export function wireSync(
  { environment }: Configuration,
  pool: Pool,
  onEvent: (event: HostEvent) => void,
): Promise<ThrowingCbbSync> {
  return createCbbSyncOrThrow({ environment, pool, onEvent });
}
