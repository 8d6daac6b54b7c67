/**
 * Which of these do not exist, by counting those that do: one question while all are there, and halves only where the
 * count differs.
 */
export async function findAbsent(
  ids: readonly string[],
  count: (ids: readonly string[]) => Promise<number>,
): Promise<ReadonlySet<string>> {
  if (ids.length === 0 || (await count(ids)) === ids.length) return new Set();
  if (ids.length === 1) return new Set(ids);
  const middle = Math.ceil(ids.length / 2);
  const halves = [ids.slice(0, middle), ids.slice(middle)];
  const absent = await Promise.all(halves.map((half) => findAbsent(half, count)));
  return new Set(absent.flatMap((found) => [...found]));
}
