/** Runs the task at the first call and remembers that it succeeded; after a failure the next call tries again. */
export function onceDone(task: () => Promise<void>): () => Promise<void> {
  let done: Promise<void> | null = null;
  return () => {
    done ??= task().catch((cause: unknown) => {
      done = null;
      throw cause;
    });
    return done;
  };
}
