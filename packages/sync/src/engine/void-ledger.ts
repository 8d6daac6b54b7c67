import { err, ok, type Result } from 'neverthrow';
import type { PhoneIdentity, StoreError } from '../ports/order-store.ts';
import { waitMs } from './clock-wait.ts';
import type { EngineParts } from './parts.ts';

const tries = 10;
const betweenMs = 1_000;

/** Says that this process may have overwritten a contact, until an order that the host does not hold is due for it. */
export async function voidLedger<O>(
  { store, clock }: EngineParts<O>,
  phone: PhoneIdentity,
  orderId: string,
): Promise<Result<void, StoreError>> {
  for (let attempt = 1; ; attempt += 1) {
    const voided = await store.voidLedger(phone, orderId);
    if (voided.isErr()) return err(voided.error);
    if (voided.value === 'voided') return ok(undefined);
    if (attempt === tries) return err(rowsLocked);
    await waitMs(clock, betweenMs);
  }
}

const rowsLocked: StoreError = Object.freeze({
  kind: 'store_unavailable',
  message: 'The orders of a phone are held by another transaction, and none could be made due.',
  retryable: true,
});
