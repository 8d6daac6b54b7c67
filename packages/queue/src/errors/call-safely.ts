import { err, type Result, ResultAsync } from 'neverthrow';

/** A part of the host's that throws or rejects is one that failed. What it threw may hold anything and is dropped. */
export function callSafely<T, E, F = E>(
  call: () => PromiseLike<Result<T, E>>,
  failure: F,
): ResultAsync<T, E | F> {
  async function answer(): Promise<Result<T, E | F>> {
    try {
      return await call();
    } catch {
      return err(failure);
    }
  }
  return new ResultAsync(answer());
}
