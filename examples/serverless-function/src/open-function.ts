import type { RunDueResult } from '@visanet/cbb-host';
import pg from 'pg';
import type { Configuration } from './configuration.ts';
import { type Receipt, receiveOrder } from './orders/receive-order.ts';
import { wireSync } from './wire-sync.ts';

/** What one instance of the function keeps between its calls. */
export interface OpenFunction {
  readonly configuration: Configuration;
  readonly log: (entry: object) => void;
  /** Rejects where the order may not be stored. */
  receive(body: string): Promise<Receipt>;
  /** Works due orders for at most so long. Rejects where nothing could be worked. */
  runDue(budgetMs: number): Promise<RunDueResult>;
  close(): Promise<void>;
}

const connectMs = 5_000;
const statementMs = 10_000;
const longestReserveMs = 5_000;

export async function openFunction(
  configuration: Configuration,
  log: (entry: object) => void,
): Promise<OpenFunction> {
  const { databaseUrl, cbb } = configuration;
  const { concurrency } = cbb.sync;
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    max: concurrency,
    connectionTimeoutMillis: connectMs,
    query_timeout: statementMs,
  });
  // pg throws otherwise when an idle connection breaks; the next statement tells of it.
  pool.on('error', () => undefined);
  const sync = await wireSync(configuration, pool, log);

  return {
    configuration,
    log,
    // A connection that froze with the function is found broken at its first use. Every statement may be repeated.
    receive: (body) => receiveOrder(pool, body).catch(() => receiveOrder(pool, body)),
    async runDue(budgetMs) {
      const reserveMs = Math.min(longestReserveMs, Math.floor(budgetMs / 5));
      const ran = await sync.runDue({ budgetMs, reserveMs, concurrency });
      log({ kind: 'run-finished', ...ran });
      return ran;
    },
    async close() {
      await sync.close();
      await pool.end();
    },
  };
}
