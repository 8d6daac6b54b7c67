import { err, type Result, type ResultAsync } from 'neverthrow';
import { untilAborted } from '../compose/until-aborted.ts';
import { aborted, type HostError } from '../errors/host-error.ts';
import { remedyOf } from '../errors/remedies.ts';
import type { HostEvent } from '../events/host-event.ts';

const firstWaitMs = 500;
const longestWaitMs = 60_000;

export interface Patience {
  /** How often a service that is away is asked at most. */
  readonly tries: number;
  /** How often a database that is away is asked at most. @default 1 */
  readonly databaseTries?: number;
  readonly signal: AbortSignal;
}

type Awaited = Extract<HostEvent, { kind: 'service-awaited' | 'database-awaited' }>;

/** Asks again, after growing waits, while the service or the database is away; each wait is told. */
export async function awaitService<T>(
  ask: () => ResultAsync<T, HostError>,
  patience: Patience,
  tell: (event: Awaited) => void,
): Promise<Result<T, HostError>> {
  const { signal } = patience;
  for (let tried = 1; ; tried += 1) {
    if (signal.aborted) return err(aborted);
    // A service that hangs must not outlast a stop.
    const answer = await untilAborted(ask(), signal);
    if (answer.isOk()) return answer;
    if (signal.aborted) return err(aborted);
    const retryInMs = waitMs(answer.error, tried);
    const event = awaited(answer.error, retryInMs, tried, patience);
    if (event === null) return answer;
    tell(event);
    await delay(retryInMs, signal);
  }
}

/** Null: no wait mends it, or none is wanted. */
function awaited(
  error: HostError,
  retryInMs: number,
  tried: number,
  { tries, databaseTries = 1 }: Patience,
): Awaited | null {
  const { message } = error;
  if (error.kind === 'service_unavailable' && tried < tries) {
    return { kind: 'service-awaited', cause: error.cause, message, retryInMs, remedy: remedyOf(error.cause) };
  }
  if (error.kind === 'store_failed' && error.retryable && tried < databaseTries) {
    return { kind: 'database-awaited', message, retryInMs };
  }
  return null;
}

function waitMs(error: HostError, tried: number): number {
  const asked = error.kind === 'service_unavailable' ? error.retryAfterMs : undefined;
  return Math.round(
    Math.min(longestWaitMs, asked ?? firstWaitMs * 2 ** (tried - 1)) * (0.75 + Math.random() / 4),
  );
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
