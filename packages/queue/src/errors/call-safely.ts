import { isObject } from '@visanet/cbb-sync';
import { err, type Result, ResultAsync } from 'neverthrow';

/**
 * A part of the host's that throws, rejects or answers with no `Result` is one that failed. What it threw may hold
 * anything and is dropped.
 */
export function callSafely<T, E, F = E>(
  call: () => PromiseLike<Result<T, E>>,
  failure: F,
): ResultAsync<T, E | F> {
  async function answer(): Promise<Result<T, E | F>> {
    try {
      const result = await call();
      return isObject(result) && 'isErr' in result ? result : err(failure);
    } catch {
      return err(failure);
    }
  }
  return new ResultAsync(answer());
}
