/** Whether a service shows what was sent: numbers are compared as numbers, text as services trim it, nothing as empty. */
export function isSameValue(
  sent: string | number | boolean | null | undefined,
  shown: string | number | boolean | null | undefined,
): boolean {
  const shownText = textOf(shown);
  if (typeof sent === 'number') return shownText !== '' && Number(shownText) === sent;
  return textOf(sent) === shownText;
}

function textOf(value: string | number | boolean | null | undefined): string {
  return String(value ?? '').trim();
}
