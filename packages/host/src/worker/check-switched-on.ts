import { checkMode } from '@visanet/cbb-queue';
import type { SyncEngine } from '@visanet/cbb-sync';
import type { Result } from 'neverthrow';
import type { HostError } from '../errors/host-error.ts';

const because = {
  off: 'The sync is switched off: ENABLE_CBB_SYNC is false. Set it to true where orders are worked.',
  dry_run: 'The sync runs dry: CBB_SYNC_DRY_RUN is true. Set it to false where orders are worked.',
} as const;

/** As `checkMode`, with the setting that says so. */
export function checkSwitchedOn(engine: SyncEngine): Result<void, HostError> {
  return checkMode(engine).mapErr((error) =>
    error.kind === 'sync_disabled' ? { ...error, message: `[cbb-host] ${because[error.mode]}` } : error,
  );
}
