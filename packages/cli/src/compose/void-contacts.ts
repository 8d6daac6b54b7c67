import type { PostgresStore } from '@visanet/cbb-postgres';
import { createHasher, type Mapping, normalizePhone, type StoreError } from '@visanet/cbb-sync';
import { err, ok, type Result } from 'neverthrow';

/** Forgets what the contacts of these orders are known to hold, so that their next sync writes every field. */
export async function voidContacts(
  store: PostgresStore<unknown>,
  mapping: Mapping<unknown>,
  hashSecret: string | null,
  orderIds: readonly string[],
): Promise<Result<void, StoreError>> {
  const hasher = createHasher(hashSecret === null ? {} : { secret: hashSecret });
  for (const orderId of orderIds) {
    const loaded = await store.load(orderId, 0);
    if (loaded.isErr()) return err(loaded.error);
    if (loaded.value === null || !loaded.value.order.readable) continue;
    const phone = normalizePhone(mapping.phoneOf(loaded.value.order.order));
    // Without a valid phone there is no contact to know anything of.
    if (phone.isErr()) continue;
    const phoneKey = phone.value;
    const identity = {
      phoneKey,
      tombstone: hasher.tombstone(phoneKey),
      bucket: hasher.bucket(phoneKey),
    };
    const voided = await store.voidLedger(identity, orderId);
    if (voided.isErr()) return err(voided.error);
  }
  return ok(undefined);
}
