/**
 * Reads `Retry-After` in both forms, seconds or HTTP date; undefined if absent, unreadable or without end.
 * A date is measured against the answer's own `Date`, because the two clocks may differ;
 * `wallTimeMs` (Unix milliseconds) serves where the answer has none.
 */
export function readRetryAfterMs(headers: Headers, wallTimeMs: number): number | undefined {
  const value = headers.get('retry-after')?.trim();
  if (!value) return undefined;
  if (/^\d+(\.\d+)?$/.test(value)) {
    const delayMs = Math.ceil(Number(value) * 1000);
    return Number.isFinite(delayMs) ? delayMs : undefined;
  }
  // Only the HTTP date forms start with a weekday; Date.parse alone would take '-5' for a year.
  if (!/^[A-Z][a-z]{2}/.test(value)) return undefined;
  const at = Date.parse(value);
  if (Number.isNaN(at)) return undefined;
  const serverTimeMs = Date.parse(headers.get('date') ?? '');
  return Math.max(0, at - (Number.isNaN(serverTimeMs) ? wallTimeMs : serverTimeMs));
}
