const plain = '[A-Za-z_][A-Za-z0-9_$]{0,62}';
/** Perhaps with a schema or an alias before it, which is left out. */
const name = (group: string) => `"?(?:${plain}\\.)?(?<${group}>${plain})"?`;

const patterns = [
  `^column ${name('column')} of relation ${name('table')} does not exist$`,
  `^column ${name('column')} does not exist$`,
  `^record "(?:new|old)" has no field ${name('column')}$`,
  `^relation ${name('table')} does not exist$`,
  `^permission denied for (?:table|relation|view) ${name('table')}$`,
  `^must be owner of (?:table|relation) ${name('table')}$`,
  `^new row violates row-level security policy (?:"?${plain}"? )?for table ${name('table')}$`,
].map((pattern) => new RegExp(pattern));

/**
 * What is missing, or may not be touched: for these conditions Postgres tells the name in its words alone. Names with
 * other than plain characters, and words in another language, tell nothing.
 */
export function missingNames(words: string): { readonly table?: string; readonly column?: string } {
  for (const pattern of patterns) {
    const groups = pattern.exec(words)?.groups;
    if (groups !== undefined) return { ...groups };
  }
  return {};
}
