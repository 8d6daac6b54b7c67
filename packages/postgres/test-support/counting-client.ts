import type { PostgresClient } from '../src/client/postgres-client.ts';

/** Notes every statement that goes through. */
export function countingClient(client: PostgresClient): PostgresClient & { readonly statements: string[] } {
  const statements: string[] = [];
  return {
    statements,
    query(text, values) {
      statements.push(text);
      return client.query(text, values);
    },
  };
}
