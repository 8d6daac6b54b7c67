import type { PostgresClient } from '@visanet/cbb-postgres';
import { err, errAsync, okAsync, ResultAsync } from 'neverthrow';
import type { CbbSync } from './cbb-sync.ts';
import { composeSync } from './compose/compose-sync.ts';
import type { Materials } from './compose/parts.ts';
import { readSettings } from './compose/read-settings.ts';
import { tryParts } from './compose/try-parts.ts';
import type { HostError } from './errors/host-error.ts';
import { explainEvent } from './events/explain-event.ts';
import type { HostEvent, PartEvent } from './events/host-event.ts';
import { checkHostOptions } from './options/check-host-options.ts';
import type { CbbSyncOptions } from './options/host-options.ts';
import { type Closing, createClosing } from './parts/closing.ts';
import { type DriverErrorListener, safeListener, tellRefusals } from './parts/driver-errors.ts';
import { openPool } from './parts/pool.ts';
import type { HostSettings } from './settings/host-settings.ts';

/**
 * The sync of one process, made of the environment: client, request limit, store, engine and queue. Whatever can be
 * checked without a connection is checked here; connections are made by the first use (pg-boss: here).
 *
 * @throws TypeError that lists every wrong option
 * @example
 * const cbb = await createCbbSync({ queue: 'bullmq' });
 * if (cbb.isErr()) throw new Error(cbb.error.message);
 * const started = await cbb.value.startWorker();
 */
export function createCbbSync<O = unknown>(options: CbbSyncOptions<O> = {}): ResultAsync<CbbSync, HostError> {
  checkHostOptions(options);
  const read = readSettings(options);
  if (read.isErr()) return errAsync(read.error);
  const settings = read.value;
  tryParts(settings, options);
  const closing = createClosing();
  const { onEvent, onDriverError } = options;
  const tellDriver = safeListener(onDriverError);
  return openDatabase(options, settings, closing, tellDriver)
    .map((opened): Materials => {
      const pool =
        opened === null ? null : tellRefusals(opened, onDriverError === undefined ? null : tellDriver);
      return { settings, options, pool, closing, tell: tellerOf(onEvent), tellDriver };
    })
    .andThen(composeSync)
    .orElse((error) => closeAfter(closing, error));
}

function openDatabase<O>(
  { pool, store }: CbbSyncOptions<O>,
  { database }: HostSettings,
  closing: Closing,
  tellDriver: DriverErrorListener,
): ResultAsync<PostgresClient | null, HostError> {
  if (pool !== undefined) return okAsync(pool);
  if (store !== undefined || database.url === null) return okAsync(null);
  return openPool(database.url, database, closing, tellDriver);
}

function tellerOf(onEvent: ((event: HostEvent) => void) | undefined) {
  return (event: PartEvent): void => {
    try {
      onEvent?.(explainEvent(event));
    } catch {
      // A listener that throws must not change what happens to an order.
    }
  };
}

/** A start that failed leaves nothing open. */
function closeAfter(closing: Closing, error: HostError): ResultAsync<never, HostError> {
  return ResultAsync.fromSafePromise(closing.closeAll()).andThen(() => err(error));
}
