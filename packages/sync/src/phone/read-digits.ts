/** A phone as typed, reduced to ASCII digits. */
export interface TypedDigits {
  readonly digits: string;
  /** A leading `+` was there; `00` is left in the digits. */
  readonly plus: boolean;
}

// What people put between digits: blanks, dashes, dots, slashes, brackets and invisible format characters.
const separators = /[\s\p{Cf}\p{Pd}.·/\\()[\]\u2212]/gu;
const shape = /^[+\uFF0B]?\p{Nd}*$/u;
const digit = /\p{Nd}/u;
const foreignDigit = /[^\P{Nd}0-9]/gu;

/** Null where something stands that belongs in no phone number. */
export function readDigits(text: string): TypedDigits | null {
  const bare = text.replace(separators, '');
  if (!shape.test(bare)) return null;
  const digits = bare.replace(/^[+\uFF0B]/u, '').replace(foreignDigit, asciiDigit);
  return { digits, plus: /^[+\uFF0B]/u.test(bare) };
}

/** Unicode keeps the decimal digits of every script in unbroken runs from 0 to 9, so the place in the run is the value. */
function asciiDigit(character: string): string {
  let start = character.codePointAt(0) ?? 0;
  let place = 0;
  while (digit.test(String.fromCodePoint(start - 1))) {
    start -= 1;
    place += 1;
  }
  return String(place % 10);
}
