import { err, type Result } from 'neverthrow';
import { aborted, type HostError } from '../errors/host-error.ts';

/** The answer, or `aborted` as soon as the signal says so; the work goes on for others who wait for it. */
export async function untilAborted<T>(
  work: PromiseLike<Result<T, HostError>>,
  signal: AbortSignal,
): Promise<Result<T, HostError>> {
  if (signal.aborted) return err(aborted);
  let end = (): void => undefined;
  const cut = new Promise<Result<T, HostError>>((resolve) => {
    end = () => resolve(err(aborted));
    signal.addEventListener('abort', end, { once: true });
  });
  return Promise.race([work, cut]).finally(() => signal.removeEventListener('abort', end));
}
