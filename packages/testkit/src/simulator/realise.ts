import type { Clock } from '@visanet/cbb-sync';
import type { Outcome } from '../faults/damage.ts';
import { deliver, headersOf } from './deliver.ts';

/** Makes of an outcome what `fetch` would: a response, a rejection, or a wait that only the caller's signal ends. */
export async function realise(
  outcome: Outcome,
  clock: Clock,
  wallNowMs: number,
  signal: AbortSignal,
): Promise<Response> {
  if (outcome.kind === 'reset') throw connectionError('fetch failed', 'ECONNRESET');
  if (outcome.kind === 'refused') throw connectionError('fetch failed', 'ECONNREFUSED');
  if (outcome.kind === 'hang') return new Promise<never>(() => {});
  const { answer, delivery } = outcome;
  const init = { status: answer.status, headers: headersOf(answer, wallNowMs) };
  if (delivery.kind === 'whole') return new Response(answer.body === '' ? null : answer.body, init);
  return new Response(streamOf(deliver(answer.body, delivery, clock), signal), init);
}

function streamOf(pieces: AsyncGenerator<Uint8Array, void>, signal: AbortSignal): ReadableStream<Uint8Array> {
  return new ReadableStream({
    async pull(controller) {
      try {
        const { done, value } = await untilAborted(pieces.next(), signal);
        if (done) controller.close();
        else controller.enqueue(value);
      } catch {
        controller.error(signal.aborted ? signal.reason : connectionError('terminated', 'UND_ERR_SOCKET'));
      }
    },
  });
}

/** Undici's shape of a failed connection: a TypeError whose cause carries the code. */
function connectionError(message: string, code: string): TypeError {
  return new TypeError(message, { cause: Object.assign(new Error(code), { code }) });
}

/** Rejects with the signal's reason as soon as it aborts; the work itself goes on. */
export async function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  signal.throwIfAborted();
  let abort = () => {};
  const aborted = new Promise<never>((_resolve, reject) => {
    abort = () => reject(signal.reason);
    signal.addEventListener('abort', abort, { once: true });
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}
