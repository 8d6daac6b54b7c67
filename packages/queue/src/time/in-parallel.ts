/** Runs a task for each item, at most `limit` at a time; rejects when one does. */
export async function inParallel<T>(
  items: readonly T[],
  limit: number,
  task: (item: T) => Promise<void>,
): Promise<void> {
  const left = items.values();
  async function lane(): Promise<void> {
    for (const item of left) await task(item);
  }
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, lane));
}
