import { type CbbConfiguration, parseEnvironment } from '@visanet/cbb-sync';
import { err, ok, type Result } from 'neverthrow';
import type { Environment } from '../command.ts';
import { type Failure, wrongConfiguration } from '../failure.ts';

/** The environment's settings, or every problem of them at once. */
export function readConfiguration(
  environment: Environment,
  required: readonly string[],
): Result<CbbConfiguration, Failure> {
  return parseEnvironment(environment, { required }).mapErr(({ problems }) => wrongConfiguration(problems));
}

/** For commands that work orders: they must not seem to run while they are switched off. */
export function requireSwitchedOn({ sync }: CbbConfiguration): Result<void, Failure> {
  if (sync.mode === 'on') return ok(undefined);
  const message =
    sync.mode === 'off'
      ? 'the sync is switched off: ENABLE_CBB_SYNC is false'
      : 'the sync runs dry: CBB_SYNC_DRY_RUN is true; see what it would do with sync-order --dry-run';
  return err({ kind: 'sync_disabled', message, exitCode: 2 });
}
