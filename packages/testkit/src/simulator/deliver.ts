import type { Clock } from '@visanet/cbb-sync';
import type { Delivery } from '../faults/damage.ts';

const SLOW_PIECES = 4;

/** Ends a body that a fault breaks off. */
const BROKEN_OFF = Symbol('broken off');

/** The pieces of a body in their time; throws {@link BROKEN_OFF} where the connection is to end. */
export async function* deliver(
  body: string,
  delivery: Delivery,
  clock: Clock,
): AsyncGenerator<Uint8Array, void> {
  const bytes = new TextEncoder().encode(body);
  switch (delivery.kind) {
    case 'whole':
      yield bytes;
      return;
    case 'broken':
      yield bytes.subarray(0, Math.floor(bytes.length / 2));
      throw BROKEN_OFF;
    case 'slow': {
      const size = Math.max(1, Math.ceil(bytes.length / SLOW_PIECES));
      for (let start = 0; start < bytes.length; start += size) {
        await new Promise<void>((resolve) => clock.schedule(delivery.durationMs / SLOW_PIECES, resolve));
        yield bytes.subarray(start, start + size);
      }
    }
  }
}

/** Headers of an answer, the date included so that a caller can read an HTTP date in `Retry-After`. */
export function headersOf(
  answer: { readonly contentType: string | null; readonly headers?: Readonly<Record<string, string>> },
  wallNowMs: number,
): Record<string, string> {
  return {
    date: new Date(wallNowMs).toUTCString(),
    ...(answer.contentType === null ? {} : { 'content-type': answer.contentType }),
    ...answer.headers,
  };
}
