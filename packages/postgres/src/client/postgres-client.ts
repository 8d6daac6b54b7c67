/** What the store needs of a `pg` pool or client, or of PGlite: one statement with values. */
export interface PostgresClient {
  query(text: string, values?: unknown[]): Promise<{ readonly rows: readonly unknown[] }>;
}
