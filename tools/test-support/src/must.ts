import type { Result } from 'neverthrow';

/** The value of a result; fails a test with the error's kind. */
export async function must<T, E extends { kind: string; message: string }>(
  pending: PromiseLike<Result<T, E>>,
): Promise<T> {
  const result = await pending;
  if (result.isErr()) throw new Error(`${result.error.kind}: ${result.error.message}`);
  return result.value;
}
