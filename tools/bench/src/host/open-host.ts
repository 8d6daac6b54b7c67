import { setTimeout as delay } from 'node:timers/promises';
import { createOrdersTable, migrate } from '@visanet/cbb-postgres';
import { viziMapping } from '@visanet/cbb-sync';
import type pg from 'pg';
import { composeSync } from './compose-sync.ts';
import { type HostOrder, insertOrder, type SqlClient, updateOrder } from './orders-table.ts';
import type { SyncSettings } from './sync-settings.ts';

/** One change of the host's orders. */
export interface OrderChange {
  /** A second delivery of an order is an insert, too. */
  readonly kind: 'insert' | 'update';
  /** The whole row as it stands afterwards. */
  readonly order: HostOrder;
  /** False: the order never gets a job; the sweep has to find it. */
  readonly enqueue: boolean;
}

/** The side of the host that takes webhooks and edits, and enqueues. */
export interface Host {
  readonly pool: pg.Pool;
  /** Writes durably, over an outage of the database; an enqueue that fails is left to the sweep. */
  apply(change: OrderChange): Promise<void>;
  /** The operator's command: makes failed orders due and enqueues them. */
  retryFailed(): Promise<number>;
  close(): Promise<void>;
}

const outageMs = 30_000;

async function write(client: SqlClient, { kind, order }: OrderChange): Promise<void> {
  if (kind === 'insert') await insertOrder(client, order);
  else await updateOrder(client, order);
}

/** Makes table and columns, and opens the producer. */
export async function openHost(settings: SyncSettings): Promise<Host> {
  const sync = await composeSync(settings);
  const { pool, store } = sync;
  const { adapter, transactional } = sync.queue;
  const prepared = await createOrdersTable(pool).andThen(() => migrate(pool, { mapping: viziMapping }));
  if (prepared.isErr()) throw new Error(prepared.error.message);

  async function applyInTransaction(change: OrderChange): Promise<void> {
    const client = await pool.connect();
    // A client in use tells of a broken connection by an event that would end the process.
    const ignore = () => {};
    client.on('error', ignore);
    let broken = true;
    try {
      await client.query('BEGIN');
      await write(client, change);
      if (transactional !== null && change.enqueue) {
        const db = {
          executeSql: async (text: string, values?: unknown[]) => ({
            rows: (await client.query(text, values)).rows,
          }),
        };
        const enqueued = await transactional.enqueue(change.order.order_id, { db });
        if (enqueued.isErr()) throw new Error(enqueued.error.message);
      }
      await client.query('COMMIT');
      broken = false;
    } finally {
      client.off('error', ignore);
      client.release(broken);
    }
  }

  async function applyOnce(change: OrderChange): Promise<void> {
    if (transactional !== null) return applyInTransaction(change);
    await write(pool, change);
    // The answer of the enqueue is not needed: what is lost here is due in the store.
    if (change.enqueue) await adapter.enqueue(change.order.order_id).unwrapOr(null);
  }

  return {
    pool,
    async apply(change) {
      const deadline = Date.now() + outageMs;
      for (;;) {
        try {
          return await applyOnce(change);
        } catch (error) {
          if (Date.now() > deadline) throw error;
          await delay(100);
        }
      }
    },
    async retryFailed() {
      let count = 0;
      for await (const batch of store.retryFailed()) {
        if (batch.isErr()) throw new Error(batch.error.message);
        count += batch.value.length;
        await adapter.enqueueMany(batch.value).unwrapOr(null);
      }
      return count;
    },
    async close() {
      await sync.close();
    },
  };
}
