import { err, ok, type Result } from 'neverthrow';
import type { GatewayError } from '../ports/contact-gateway.ts';
import type { PhoneIdentity, StoreError } from '../ports/order-store.ts';
import { waitMs } from './clock-wait.ts';
import { Lease } from './lease.ts';
import { type EngineParts, tellRejectedKey } from './parts.ts';

export type EraseReport =
  /** Gone as far as the API allows; `remaining` names what a person must still remove by hand. */
  | { readonly kind: 'erased'; readonly remaining: readonly string[] }
  /** Another sync holds the phone; nothing was done. */
  | { readonly kind: 'busy'; readonly retryAfterMs: number }
  /** The tombstone stands and no sync writes the contact again, but it is not whole: run it again. */
  | { readonly kind: 'incomplete'; readonly error: GatewayError['kind'] | 'lease_lost' | 'rows_locked' };

/** How often a transaction of the host's is given time to let go of the orders. */
const completions = 5;
const betweenMs = 1_000;

/** Tombstone first, so that a crash in the middle leaves nothing that could create the contact again. */
export async function eraseHeldPhone<O>(
  parts: EngineParts<O>,
  phone: PhoneIdentity,
  signal: AbortSignal | undefined,
): Promise<Result<EraseReport, StoreError>> {
  const { store, gateway, mapping, clock, settings } = parts;
  const askedAt = clock.now();
  const begun = await store.beginErase(phone, settings.leaseMs);
  if (begun.isErr()) return err(begun.error);
  if (begun.value.kind === 'busy') return ok(begun.value);
  const { token } = begun.value;
  const lease = new Lease({ phone, token, askedAt }, store, clock, settings);
  const erased = await lease.run(
    (options) => gateway.erase(phone.phoneKey, mapping.fieldNames, options),
    signal,
  );
  if (erased.isErr()) {
    if (erased.error.kind === 'unauthorized') tellRejectedKey(parts);
    return ok({ kind: 'incomplete', error: erased.error.kind });
  }
  parts.key.rejected = false;
  const completed = await complete(parts, phone, token);
  if (completed.isErr()) return err(completed.error);
  if (completed.value === 'lost') return ok({ kind: 'incomplete', error: 'lease_lost' });
  if (completed.value === 'locked') return ok({ kind: 'incomplete', error: 'rows_locked' });
  return ok({ kind: 'erased', remaining: erased.value.remaining });
}

async function complete<O>({ store, clock }: EngineParts<O>, phone: PhoneIdentity, token: string) {
  for (let attempt = 1; ; attempt += 1) {
    const completed = await store.completeErase(phone, token);
    if (completed.isErr() || completed.value !== 'locked' || attempt === completions) return completed;
    await waitMs(clock, betweenMs);
  }
}
