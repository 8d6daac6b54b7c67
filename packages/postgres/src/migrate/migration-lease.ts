import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { StoreError } from '@visanet/cbb-sync';
import { err, ok, type Result, ResultAsync } from 'neverthrow';
import * as z from 'zod';
import type { Database } from '../client/database.ts';
import type { Layout } from '../layout/layout.ts';
import { inMs } from '../store/fragments.ts';

export interface MigrationBusy {
  readonly kind: 'migration_busy';
  readonly message: string;
  readonly retryable: true;
}

const pollMs = 250;
const leaseName = 'lease';
const taken = z.object({ taken: z.boolean() });

export function migrationsTableSql({ migrations }: Layout): string {
  return `CREATE TABLE IF NOT EXISTS ${migrations} (
  name text PRIMARY KEY,
  checksum text NOT NULL,
  applied_at timestamptz NOT NULL DEFAULT now(),
  lease_token text,
  lease_expires_at timestamptz
)`;
}

/** Keeps other migrations out by a row, which works through a pooler too; a crashed holder's lease runs out. */
export function createMigrationLease(database: Database, { migrations }: Layout, leaseMs: number) {
  const token = randomUUID();
  const takeSql = `WITH lease AS (
    INSERT INTO ${migrations} AS m (name, checksum, lease_token, lease_expires_at)
    VALUES ('${leaseName}', '', $1::text, now() + ${inMs('$2')})
    ON CONFLICT (name) DO UPDATE SET lease_token = EXCLUDED.lease_token, lease_expires_at = EXCLUDED.lease_expires_at
    WHERE m.lease_token IS NULL OR m.lease_token = EXCLUDED.lease_token OR m.lease_expires_at <= now()
    RETURNING 1) SELECT jsonb_build_object('taken', EXISTS (SELECT 1 FROM lease))::text AS answer`;
  const freeSql = `UPDATE ${migrations} SET lease_token = NULL, lease_expires_at = NULL
    WHERE name = '${leaseName}' AND lease_token = $1::text`;

  const take = () => database.ask(takeSql, [token, leaseMs], taken);

  async function wait(waitMs: number): Promise<Result<void, StoreError | MigrationBusy>> {
    const deadline = performance.now() + waitMs;
    for (;;) {
      const answer = await take();
      if (answer.isErr()) return err(answer.error);
      if (answer.value.taken) return ok();
      if (performance.now() > deadline) return err(busy);
      await delay(pollMs);
    }
  }

  return {
    take: (waitMs: number) => new ResultAsync(wait(waitMs)),
    renew: take,
    free: () => database.run(freeSql, [token]),
  };
}

const busy: MigrationBusy = Object.freeze({
  kind: 'migration_busy',
  message: '[cbb-postgres] Another migration of these tables is running.',
  retryable: true,
});
