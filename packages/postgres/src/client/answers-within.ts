import type { StoreError } from '@visanet/cbb-sync';
import { err, type Result } from 'neverthrow';
import { unavailable } from './store-errors.ts';

const remedy = 'Check host and port of the connection (DATABASE_URL), and what holds the server up.';

/** A pool without limits of its own waits for ever where a server accepts a connection and never says a word. */
export async function answersWithin<T>(
  ms: number,
  answer: Promise<Result<T, StoreError>>,
): Promise<Result<T, StoreError>> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Result<T, StoreError>>((resolve) => {
    const text = `The database did not answer in ${ms} ms.`;
    timer = setTimeout(() => resolve(err(unavailable(text, { cause: 'timeout', remedy }))), ms);
  });
  const first = await Promise.race([answer, late]);
  clearTimeout(timer);
  return first;
}
