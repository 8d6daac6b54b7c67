import { err, ok, type Result } from 'neverthrow';
import type { PhoneIdentity, StoreError } from '../ports/order-store.ts';
import { spreadMs } from './backoff.ts';
import { eraseHeldPhone } from './erase-phone.ts';
import type { EngineParts } from './parts.ts';
import { deferred, report } from './report.ts';
import type { SyncReport } from './sync-engine.ts';

/** A tombstone whose erasure was interrupted, or undone by a stale writer. `restart`: it is whole now. */
export async function finishErasure<O>(
  parts: EngineParts<O>,
  orderId: string,
  phone: PhoneIdentity,
  signal: AbortSignal | undefined,
): Promise<Result<SyncReport | 'restart', StoreError>> {
  const { settings, random, emit } = parts;
  const erased = await eraseHeldPhone(parts, phone, signal);
  if (erased.isErr()) return err(erased.error);
  const { value } = erased;
  switch (value.kind) {
    case 'busy': {
      const afterMs = spreadMs(Math.min(value.retryAfterMs, settings.maxWaitMs), random);
      return ok(deferred(orderId, phone.phoneKey, 'phone_busy', afterMs));
    }
    case 'incomplete': {
      const waiting = deferred(orderId, phone.phoneKey, 'erasure_incomplete', settings.leaseMs);
      if (value.error !== 'unauthorized') return ok(waiting);
      return ok(
        report(orderId, phone.phoneKey, { ...waiting, failure: value.error, next: { kind: 'stop' } }),
      );
    }
    case 'erased':
      emit({ kind: 'erasure-completed', remaining: value.remaining });
      return ok('restart');
  }
}
