/** Enough of a value to recognise it by who knows it: at most its first two and a quarter of its characters. */
export function maskValue(value: string | number | boolean): string {
  const text = String(value);
  const shown = Math.min(2, Math.floor(text.length / 4));
  return `${[...text].slice(0, shown).join('')}***`;
}
