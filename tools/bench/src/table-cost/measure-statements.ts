import { type Operation, operations, type Variant, variants } from './figures.ts';
import { insertManySql, type Table } from './table.ts';

const rounds = 40;
const perRound = 50;

/** An order that has been synced: an update of a watched column makes it due again. */
const finishedSql: Readonly<Record<Variant, string>> = {
  plain: 'SELECT 1',
  silent: "UPDATE orders SET cbb_sync_status = 'synced', cbb_sync_due_at = NULL WHERE order_id = ANY($1)",
  inline: "UPDATE orders SET cbb_sync_status = 'synced', cbb_sync_due_at = NULL WHERE order_id = ANY($1)",
  beside:
    "UPDATE cbb_sync_orders SET cbb_sync_status = 'synced', cbb_sync_due_at = NULL WHERE order_id = ANY($1)",
};

const updates = {
  watched: "UPDATE orders SET urgency = 'express' WHERE order_id = $1",
  unwatched: "UPDATE orders SET job_id = 'job' WHERE order_id = $1",
} as const;

export type Times = Readonly<Record<Operation, Readonly<Record<Variant, number[]>>>>;

function emptyTimes(): Times {
  const each = () => ({ plain: [], silent: [], inline: [], beside: [] });
  return { insert: each(), watched: each(), unwatched: each() };
}

async function timed(work: () => Promise<unknown>, into: number[]): Promise<void> {
  const startedAt = performance.now();
  await work();
  into.push((performance.now() - startedAt) * 1_000);
}

async function round({ client }: Table, variant: Variant, first: number, times: Times): Promise<void> {
  const ids = Array.from({ length: perRound }, (_, index) => `IL${first + index}`);
  for (let index = 0; index < perRound; index += 1) {
    const sql = insertManySql(first + index, 1);
    await timed(() => client.query(sql), times.insert[variant]);
  }
  await client.query(finishedSql[variant], variant === 'plain' ? [] : [ids]);
  for (const operation of ['unwatched', 'watched'] as const) {
    for (const id of ids) {
      const statement = { name: operation, text: updates[operation], values: [id] };
      await timed(() => client.query(statement), times[operation][variant]);
    }
  }
}

const median = (values: readonly number[]) =>
  values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0;

/** Turn by turn, so that a busy machine slows all alike. `silent` and `inline` are the same table. */
export async function measureStatements(
  tableOf: Readonly<Record<Variant, Table>>,
  firstFree: number,
): Promise<Readonly<Record<Operation, Readonly<Record<Variant, number>>>>> {
  const times = emptyTimes();
  let first = firstFree;
  for (let turn = 0; turn < rounds; turn += 1) {
    for (const variant of variants) {
      const table = tableOf[variant];
      if (variant === 'silent') await table.client.query('ALTER TABLE orders DISABLE TRIGGER USER');
      await round(table, variant, first, times);
      if (variant === 'silent') await table.client.query('ALTER TABLE orders ENABLE TRIGGER USER');
      first += perRound;
    }
  }
  const medians = (operation: Operation) => ({
    plain: Math.round(median(times[operation].plain)),
    silent: Math.round(median(times[operation].silent)),
    inline: Math.round(median(times[operation].inline)),
    beside: Math.round(median(times[operation].beside)),
  });
  const [insert, watched, unwatched] = operations.map(medians);
  if (insert === undefined || watched === undefined || unwatched === undefined) throw new Error('no times');
  return { insert, watched, unwatched };
}
