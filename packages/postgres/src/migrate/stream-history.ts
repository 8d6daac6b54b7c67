import { type Mapping, normalizePhone, type StoreError } from '@visanet/cbb-sync';
import { err, ok, type Result } from 'neverthrow';
import * as z from 'zod';
import type { Database } from '../client/database.ts';
import type { Layout } from '../layout/layout.ts';
import { historyPageSql, keepHistorySql, pendingBatchSql } from './history-sql.ts';

export type HistoryMapping = Pick<Mapping<unknown>, 'parse' | 'phoneOf' | 'eligibilityOf'>;

interface HistoryContext {
  readonly database: Database;
  readonly layout: Layout;
  readonly mapping: HistoryMapping;
  readonly batch: number;
  readonly onProgress: () => Promise<void>;
}

const cursorName = 'history_cursor';
const cursorAnswer = z.object({ cursor: z.string().nullable() });
const page = z.object({
  rows: z.array(z.object({ orderId: z.string(), row: z.unknown() })),
  next: z.string().nullable(),
});

/** The phone that an order of history was for; nothing where it says none, or counted for nothing. */
function phoneOf(mapping: HistoryMapping, row: unknown): string | null {
  try {
    const parsed = mapping.parse(row);
    if (!parsed.ok || !mapping.eligibilityOf(parsed.order).eligible) return null;
    return normalizePhone(mapping.phoneOf(parsed.order)).unwrapOr(null);
  } catch {
    // A mapping that throws on an old order must not stop the migration: such an order has no rank.
    return null;
  }
}

/**
 * Reads the orders that were there before, once, and keeps the newest rank of each phone, so that no older order ever
 * overwrites its contact. Writes nothing to them. Goes on where it broke off. Gives how many it read.
 */
export async function streamHistory(context: HistoryContext): Promise<Result<number, StoreError>> {
  const { database, layout, mapping, batch } = context;
  const { migrations } = layout;
  const pageSql = historyPageSql(layout);
  const keepSql = keepHistorySql(layout);
  const noteSql = `INSERT INTO ${migrations} AS m (name, checksum) VALUES ('${cursorName}', $1::text)
    ON CONFLICT (name) DO UPDATE SET checksum = EXCLUDED.checksum`;
  const started = await database.ask(
    `SELECT jsonb_build_object('cursor', (SELECT checksum FROM ${migrations} WHERE name = '${cursorName}'))::text AS answer`,
    [],
    cursorAnswer,
  );
  if (started.isErr()) return err(started.error);
  let cursor: string | null = started.value.cursor;
  let read = 0;
  do {
    const found: Result<z.infer<typeof page>, StoreError> = await database.ask(
      pageSql,
      [cursor, batch],
      page,
    );
    if (found.isErr()) return err(found.error);
    const { rows, next } = found.value;
    const phones = rows.flatMap(({ orderId, row }) => {
      const phone = phoneOf(mapping, row);
      return phone === null ? [] : [{ orderId, phone }];
    });
    const kept = await database.run(keepSql, [JSON.stringify(phones)]);
    if (kept.isErr()) return err(kept.error);
    read += rows.length;
    cursor = next;
    if (next !== null) {
      const noted = await database.run(noteSql, [next]);
      if (noted.isErr()) return err(noted.error);
    }
    await context.onProgress();
  } while (cursor !== null);
  const done = await database.run(`DELETE FROM ${migrations} WHERE name = '${cursorName}'`);
  return done.map(() => read);
}

const batchAnswer = z.object({ next: z.string().nullable(), written: z.number() });

/** Settles rows that the plan's own SQL left pending: they are history, or due. */
export async function settlePending(
  { database, layout, batch, onProgress }: Omit<HistoryContext, 'mapping'>,
  pending: 'history' | 'due',
): Promise<Result<void, StoreError>> {
  const sql = pendingBatchSql(layout);
  let cursor: string | null = null;
  do {
    const done: Result<z.infer<typeof batchAnswer>, StoreError> = await database.ask(
      sql,
      [cursor, batch, pending === 'due'],
      batchAnswer,
    );
    if (done.isErr()) return err(done.error);
    cursor = done.value.next;
    await onProgress();
  } while (cursor !== null);
  return ok();
}
