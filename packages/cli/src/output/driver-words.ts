import type { PostgresClient } from '@visanet/cbb-postgres';
import type { CliIo } from '../io.ts';

/** Shows what a driver itself says of an error: it may hold anything, so only a person may see it. */
export type DriverWords = (driver: string, error: unknown) => void;

export function createDriverWords(io: CliIo): DriverWords {
  return (driver, error) => {
    const words = error instanceof Error ? error.message : String(error);
    io.stderr(`cbb: ${driver} says: ${words}\n`);
  };
}

/** The same database, with each refusal shown as the driver words it. */
export function tellRefusals(client: PostgresClient, tell: DriverWords | null): PostgresClient {
  if (tell === null) return client;
  return {
    async query(text, values) {
      try {
        return await (values === undefined ? client.query(text) : client.query(text, values));
      } catch (error) {
        tell('Postgres', error);
        throw error;
      }
    },
  };
}
