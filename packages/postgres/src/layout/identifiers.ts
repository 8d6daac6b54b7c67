import { createHash } from 'node:crypto';

const part = /^[A-Za-z_][A-Za-z0-9_$]{0,62}$/;

/** What is wrong with a column name, or nothing. */
export function columnProblem(name: unknown): string | undefined {
  return typeof name === 'string' && part.test(name) ? undefined : 'must be a plain column name';
}

/** What is wrong with a table name (`table` or `schema.table`), or nothing. */
export function tableProblem(name: unknown): string | undefined {
  const parts = typeof name === 'string' ? name.split('.') : [];
  return (parts.length === 1 || parts.length === 2) && parts.every((text) => part.test(text))
    ? undefined
    : 'must be a table name such as public.orders';
}

/** Quoted, so that the name is taken as written; upper case stays upper case. */
export function quote(name: string): string {
  return name
    .split('.')
    .map((text) => `"${text}"`)
    .join('.');
}

export function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** The last part. */
export function baseName(table: string): string {
  return table.split('.').at(-1) ?? table;
}

const longestPart = 30;

/** The last part, for the names of indexes and functions: short enough, and still another one for another table. */
export function shortName(table: string): string {
  const name = baseName(table);
  if (name.length <= longestPart) return name;
  const mark = createHash('sha256').update(name).digest('hex').slice(0, 8);
  return `${name.slice(0, longestPart - mark.length - 1)}_${mark}`;
}
