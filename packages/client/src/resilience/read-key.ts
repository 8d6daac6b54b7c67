import { err, ok, type Result } from 'neverthrow';
import type { Failure } from '../errors/failure.ts';
import type { Clock } from './clock.ts';
import { raceAbort } from './race-abort.ts';

/** A key, or a function that is asked for it before each request. */
export type ApiKey = string | (() => string | Promise<string>);

/** What carries the key. */
export type KeyHeaders = Readonly<Record<string, string>>;

export type ReadKey = (limits: {
  readonly timeoutMs: number;
  readonly signal: AbortSignal | undefined;
}) => Promise<Result<KeyHeaders, Failure>>;

export const isKey = (key: unknown): key is string => typeof key === 'string' && /^[\x21-\x7e]+$/.test(key);

const notSent = { effect: 'none', code: 'api_key' } as const;

/**
 * A function that fails or hangs may be right the next time; one that answers something unusable gives a key that no
 * service accepts.
 */
export function createKeyReader(
  apiKey: ApiKey,
  headersOf: (key: string) => KeyHeaders,
  clock: Clock,
): ReadKey {
  if (typeof apiKey === 'string') {
    const headers = headersOf(apiKey);
    return async () => ok(headers);
  }
  return async (limits) => {
    try {
      const race = await raceAbort((async () => apiKey())(), { clock, ...limits });
      if (race.kind === 'aborted') return err({ kind: 'aborted', effect: 'none' });
      if (race.kind === 'settled') {
        if (isKey(race.value)) return ok(headersOf(race.value));
        return err({
          kind: 'unauthorized',
          reason: 'the function apiKey answered no usable key',
          ...notSent,
        });
      }
    } catch {
      // The cause may hold the key.
    }
    return err({ kind: 'unavailable', reason: 'the function apiKey failed or did not answer', ...notSent });
  };
}
