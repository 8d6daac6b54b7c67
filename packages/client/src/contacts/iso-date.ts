/** A moment as services write it, in one form; null where it is none. */
export function isoDate(value: string | null | undefined): string | null {
  if (!value) return null;
  // `2026-01-31 10:00:00` is UTC by the word of the service, and by that of no runtime.
  const text = /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/.test(value) ? `${value.replace(' ', 'T')}Z` : value;
  const time = Date.parse(text);
  return Number.isNaN(time) ? null : new Date(time).toISOString();
}
