import { createCbbSyncOrThrow, type HostEvent, type ThrowingCbbSync } from '@visanet/cbb-host';
import { viziMapping } from '@visanet/cbb-sync';
import type { Pool } from 'pg';
import type { Configuration } from './configuration.ts';

/** All the wiring that a host needs. The mapping is named because the table of this example is the plan's. */
export function wireSync(
  { environment }: Configuration,
  pool: Pool,
  onEvent: (event: HostEvent) => void,
): Promise<ThrowingCbbSync> {
  return createCbbSyncOrThrow({ queue: 'pg-boss', environment, pool, mapping: viziMapping, onEvent });
}
