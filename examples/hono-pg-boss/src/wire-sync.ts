import { createCbbSyncOrThrow, type HostEvent, type ThrowingCbbSync } from '@visanet/cbb-host';
import type { Pool } from 'pg';
import type { Configuration } from './configuration.ts';

/** All the wiring that a host needs: the mapping of Vizi's orders follows the contract that the service speaks. */
export function wireSync(
  { environment }: Configuration,
  pool: Pool,
  onEvent: (event: HostEvent) => void,
): Promise<ThrowingCbbSync> {
  return createCbbSyncOrThrow({ queue: 'pg-boss', environment, pool, onEvent });
}
