import { err, type Result, type ResultAsync } from 'neverthrow';
import { aborted, type HostError } from '../errors/host-error.ts';
import type { HostEvent } from '../events/host-event.ts';

const firstWaitMs = 500;
const longestWaitMs = 60_000;

export interface Patience {
  /** How often the service is asked at most. */
  readonly tries: number;
  readonly signal: AbortSignal;
}

/** Asks again, after growing waits, while the service is away; each wait is told. */
export async function awaitService<T>(
  ask: () => ResultAsync<T, HostError>,
  { tries, signal }: Patience,
  tell: (event: HostEvent) => void,
): Promise<Result<T, HostError>> {
  for (let tried = 1; ; tried += 1) {
    if (signal.aborted) return err(aborted);
    const answer = await ask();
    if (answer.isOk()) return answer;
    const { error } = answer;
    if (signal.aborted) return err(aborted);
    if (error.kind !== 'service_unavailable' || tried >= tries) return answer;
    const { cause, message, retryAfterMs = firstWaitMs * 2 ** (tried - 1) } = error;
    const retryInMs = Math.round(Math.min(longestWaitMs, retryAfterMs) * (0.75 + Math.random() / 4));
    tell({ kind: 'service-awaited', cause, message, retryInMs });
    await delay(retryInMs, signal);
  }
}

function delay(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(end, ms);
    signal.addEventListener('abort', end, { once: true });
    function end(): void {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    }
  });
}
