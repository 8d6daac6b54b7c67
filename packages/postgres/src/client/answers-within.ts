import type { StoreError } from '@visanet/cbb-sync';
import { err, type Result } from 'neverthrow';
import { unavailable } from './store-errors.ts';

const remedy = 'Check host and port of the connection (DATABASE_URL), and what holds the server up.';
const silentDatabase = (ms: number) =>
  unavailable(`The database did not answer in ${ms} ms.`, { cause: 'timeout', remedy });

/** A pool without limits of its own waits for ever where a server accepts a connection and never says a word. */
export async function answersWithin<T>(
  ms: number,
  answer: PromiseLike<Result<T, StoreError>>,
  silent: StoreError = silentDatabase(ms),
): Promise<Result<T, StoreError>> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Result<T, StoreError>>((resolve) => {
    timer = setTimeout(() => resolve(err(silent)), ms);
  });
  const first = await Promise.race([answer, late]);
  clearTimeout(timer);
  return first;
}
