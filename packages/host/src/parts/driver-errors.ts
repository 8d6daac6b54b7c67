import type { PostgresClient } from '@visanet/cbb-postgres';

/** Hears what a driver itself says of an error: it may hold data of customers. */
export type DriverErrorListener = (driver: 'Postgres' | 'Redis', error: unknown) => void;

/** The same database, with each refusal told as the driver words it. */
export function tellRefusals<C extends PostgresClient>(
  client: C,
  tell: DriverErrorListener | null,
): C | PostgresClient {
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

/** What a listener throws must not change what happens to an order. */
export function safeListener(listener: DriverErrorListener | undefined): DriverErrorListener {
  return (driver, error) => {
    try {
      listener?.(driver, error);
    } catch {
      // Nothing of it is told: it may hold anything.
    }
  };
}
