export const layouts = ['inline', 'beside'] as const;
export type Layout = (typeof layouts)[number];

/** `plain`: without the sync. `silent`: inline, its triggers disabled, so that columns and indexes alone cost. */
export const variants = ['plain', 'silent', 'inline', 'beside'] as const;
export type Variant = (typeof variants)[number];

export const operations = ['insert', 'watched', 'unwatched'] as const;
export type Operation = (typeof operations)[number];

export interface MigrationFigures {
  readonly seconds: number;
  /** Longest time that a concurrent insert took, in milliseconds: while it migrated, and before. */
  readonly longestInsertMs: number;
  readonly longestInsertBeforeMs: number;
  /** What the table and its indexes grew by, with the tables of the sync, in bytes. */
  readonly grownBytes: number;
}

export interface Figures {
  /** Of the table with its indexes, before. */
  readonly plainBytes: number;
  readonly migrations: Readonly<Record<Layout, MigrationFigures>>;
  /** By one order that is inserted, with its indexes. */
  readonly bytesPerOrder: Readonly<Record<Variant, number>>;
  /** Median of one statement, in microseconds. */
  readonly microseconds: Readonly<Record<Operation, Readonly<Record<Variant, number>>>>;
}
