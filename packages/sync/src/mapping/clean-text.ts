// Bidi marks are format characters, not controls: they stay, for names in right-to-left scripts.
const unusable = /[\p{Cc}\p{Cs}]/gu;

/** Text without control characters, lone surrogates and outer blanks. */
export function cleanText(text: string): string {
  return text.replace(unusable, '').trim();
}
