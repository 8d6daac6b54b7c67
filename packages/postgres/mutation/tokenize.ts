/** A piece of a statement: a word, or a whole bracket or CASE with what is inside. */
export interface Token {
  /** As written, in upper case where it is a bare word; `(` and `CASE` for groups. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** What is between the brackets, or between CASE and END; null: no group. */
  readonly inside: readonly Token[] | null;
}

const pieces = [
  /\s+|--[^\n]*/y,
  // Texts and quoted names.
  /'(?:[^']|'')*'|"(?:[^"]|"")*"/y,
  /[A-Za-z_][A-Za-z_0-9]*/y,
  /\d+(?:\.\d+)?|\$\d+/y,
  /[()[\],;.]/y,
  /[-+*/<>=~!@#%^&|?:]+/y,
];

function flat(sql: string): Omit<Token, 'inside'>[] {
  const tokens: Omit<Token, 'inside'>[] = [];
  for (let start = 0; start < sql.length; ) {
    const found = pieces.map((piece) => {
      piece.lastIndex = start;
      return piece.exec(sql)?.[0];
    });
    const position = found.findIndex((text) => text !== undefined);
    const text = found[position];
    if (text === undefined) throw new Error(`Not understood: ${sql.slice(start, start + 20)}`);
    const end = start + text.length;
    if (position > 0) tokens.push({ text: position === 2 ? text.toUpperCase() : text, start, end });
    start = end;
  }
  return tokens;
}

const closers: ReadonlyMap<string, string> = new Map([
  ['(', ')'],
  ['CASE', 'END'],
]);

/** The tokens of a statement as a tree of its brackets and CASEs. */
export function tokenize(sql: string): readonly Token[] {
  const tokens = flat(sql);
  let next = 0;
  function read(closer: string | null): Token[] {
    const list: Token[] = [];
    for (let token = tokens[next]; token !== undefined; token = tokens[next]) {
      next += 1;
      if (token.text === closer) return list;
      const closes = closers.get(token.text);
      if (closes === undefined) list.push({ ...token, inside: null });
      else {
        const inside = read(closes);
        list.push({ ...token, inside, end: tokens[next - 1]?.end ?? token.end });
      }
    }
    if (closer !== null) throw new Error(`${closer} is missing.`);
    return list;
  }
  return read(null);
}
