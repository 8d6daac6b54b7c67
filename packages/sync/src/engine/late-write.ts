import type { Result } from 'neverthrow';
import type { GatewayError } from '../ports/contact-gateway.ts';
import type { PhoneIdentity } from '../ports/order-store.ts';
import { waitMs } from './clock-wait.ts';
import type { EngineParts } from './parts.ts';
import { voidLedger } from './void-ledger.ts';

const tries = 10;
const betweenMs = 1_000;

/**
 * A write that nobody waited for any longer ended after all. Whatever was written to the contact since, it may have
 * overwritten: as after a lost lease, the ledger is void, and the newest order of the phone is written again.
 */
export async function afterLateWrite<O>(
  parts: EngineParts<O>,
  phone: PhoneIdentity,
  orderId: string,
  answer: Result<unknown, GatewayError>,
): Promise<void> {
  const { effect, kind } = answer.isErr() ? answer.error : { effect: 'unknown', kind: null };
  if (effect === 'none' && kind !== 'partial_write') return;
  for (let attempt = 1; attempt <= tries; attempt += 1) {
    if ((await voidLedger(parts, phone, orderId)).isOk()) return;
    await waitMs(parts.clock, betweenMs * attempt);
  }
}
