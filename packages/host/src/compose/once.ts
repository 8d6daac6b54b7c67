import { type Result, ResultAsync } from 'neverthrow';

/** Runs the work for the first caller and shares it with all others; after a failure the next caller tries again. */
export function onceDone<T, E>(work: () => ResultAsync<T, E>): () => ResultAsync<T, E> {
  let running: Promise<Result<T, E>> | null = null;
  return () => {
    if (running === null) {
      const started = Promise.resolve(work());
      running = started;
      void started.then((result) => {
        if (result.isErr() && running === started) running = null;
      });
    }
    return new ResultAsync(running);
  };
}
