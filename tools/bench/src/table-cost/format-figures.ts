import { type Figures, operations } from './figures.ts';

const megabytes = (bytes: number) => `${Math.round(bytes / 1_000_000)} MB`;

/** How many times as much as without the sync. */
const times = (value: number, plain: number) => (value / plain).toFixed(2);

function table(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  return rows
    .map((row) =>
      row
        .map((cell, column) =>
          column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
        )
        .join('  '),
    )
    .join('\n');
}

const names = {
  insert: 'insert',
  watched: 'update, watched column',
  unwatched: 'update, other column',
} as const;

export function formatFigures(rows: number, figures: Figures): string {
  const { plainBytes, migrations, bytesPerOrder, microseconds } = figures;
  const both = (name: string, of: (layout: 'inline' | 'beside') => string) => [
    name,
    of('inline'),
    of('beside'),
  ];
  const migration = [
    ['migrate', 'inline', 'beside'],
    both('took', (layout) => `${migrations[layout].seconds} s`),
    both('longest insert meanwhile', (layout) => `${migrations[layout].longestInsertMs} ms`),
    both('longest insert before', (layout) => `${migrations[layout].longestInsertBeforeMs} ms`),
    both('grew by', (layout) => megabytes(migrations[layout].grownBytes)),
  ];
  const statements = [
    ['times as without the sync', 'columns and indexes alone', 'inline', 'beside'],
    ...operations.map((operation) => {
      const { plain, silent, inline, beside } = microseconds[operation];
      return [names[operation], times(silent, plain), times(inline, plain), times(beside, plain)];
    }),
    [
      'bytes of a new order',
      times(bytesPerOrder.silent, bytesPerOrder.plain),
      times(bytesPerOrder.inline, bytesPerOrder.plain),
      times(bytesPerOrder.beside, bytesPerOrder.plain),
    ],
  ];
  const without = `${megabytes(plainBytes)}, ${bytesPerOrder.plain} bytes a new order, insert ${microseconds.insert.plain} µs, updates ${microseconds.watched.plain} and ${microseconds.unwatched.plain} µs`;
  return [`${rows} orders; without the sync: ${without}`, table(migration), table(statements)].join('\n\n');
}
