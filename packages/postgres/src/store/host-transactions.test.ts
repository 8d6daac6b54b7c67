import { type SuiteOrder, suiteMapping } from '@visanet/cbb-testkit/conformance';
import { databaseUrl, newName } from '@visanet/test-support';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { watchLockWaits } from '../../test-support/lock-waits.ts';
import { prepareSuite } from '../../test-support/suite-subject.ts';
import {
  createTestSchema,
  must,
  type TestSchema,
  tablesIn,
  testScope,
} from '../../test-support/test-schema.ts';
import { createPostgresStore, type PostgresStore } from './create-postgres-store.ts';

const phone = { phoneKey: '447700900101', tombstone: 'tombstone', bucket: 7 };
const ledger = {
  contact: 'exists',
  hashes: {},
  appliedHashes: null,
  identity: {},
  verified: true,
  unclean: false,
} as const;
const ids = Array.from({ length: 20 }, (_, index) => `order-${String(index).padStart(2, '0')}`);
const transactions = 150;
const writers = 3;
/** The longest that a statement of ours waits, and what a busy machine may take to let it go. */
const longestWaitMs = 1_000 + 1_000;

describe.each(['inline', 'beside'] as const)('beside transactions of the host, state %s', (state) => {
  const applicationName = newName();
  let schema: TestSchema;
  let ours: pg.Pool;
  let store: PostgresStore<SuiteOrder>;

  beforeAll(async () => {
    schema = await createTestSchema();
    await prepareSuite(schema.pool, schema.name, state);
    const options = { mapping: suiteMapping, ...tablesIn(schema.name), state };
    ours = new pg.Pool({ connectionString: databaseUrl(), application_name: applicationName });
    store = createPostgresStore({ client: ours, scope: testScope, ...options });
    await schema.pool.query(
      `INSERT INTO ${schema.name}.orders (order_id, client_phone, client_name, webhook_received_at)
      SELECT unnest($1::text[]), $2, 'Customer', now()`,
      [[...ids, 'order-aside'], phone.phoneKey],
    );
  });
  afterAll(async () => {
    await ours.end();
    await schema.drop();
  });

  /** Two to five orders in the order of their ids; gives whether Postgres chose it as a victim. */
  async function edit(round: number): Promise<boolean> {
    const host = await schema.pool.connect();
    const first = (round * 7) % ids.length;
    try {
      await host.query('BEGIN');
      for (const orderId of ids.slice(first, first + 2 + (round % 4))) {
        await host.query(`UPDATE ${schema.name}.orders SET client_name = $2 WHERE order_id = $1`, [
          orderId,
          `Customer ${round}`,
        ]);
      }
      await host.query('COMMIT');
      return false;
    } catch {
      await host.query('ROLLBACK');
      return true;
    } finally {
      host.release();
    }
  }

  /** By several connections at a time; gives how many of them Postgres chose as victims. */
  async function editAll(): Promise<number> {
    let [victims, next] = [0, 0];
    async function write(): Promise<void> {
      while (next < transactions) {
        next += 1;
        if (await edit(next)) victims += 1;
      }
    }
    await Promise.all(Array.from({ length: writers }, write));
    return victims;
  }

  /** One step of a sync of whatever is due, with all it saw as its outcome. */
  async function syncOne(): Promise<void> {
    const due = { limit: 1, visibilityMs: 0, leaseMs: 60_000, rolloutPercent: 100 };
    const [orderId] = await must(store.claimDue(due));
    const loaded = orderId === undefined ? null : await must(store.load(orderId, 10));
    if (orderId === undefined || loaded === null) return;
    const { version } = loaded.order;
    const keys = loaded.unkeyed.map((one) => ({ orderId: one.orderId, version: one.version, ...phone }));
    const begun = await must(store.begin({ orderId, version, phone, leaseMs: 60_000, keys }));
    if (begun.kind !== 'acquired') return;
    const { token, snapshot } = begun;
    const seen = snapshot.candidates.map((one) => ({ orderId: one.orderId, version: one.version }));
    const outcomes = seen.map((one) => ({ ...one, status: 'synced', reason: null, contact: null }) as const);
    const lease = { phone, token, orderId, appliedOrderId: orderId, ledger };
    const ended = await must(store.complete({ ...lease, seen, outcomes, orphaned: false }));
    if (ended.kind !== 'again') return;
    const own = { orderId, version, status: 'pending', dueInMs: 0, reason: null } as const;
    await must(store.release({ ...lease, own: { ...own, countsAttempt: false, failing: false } }));
  }

  it('kills none of them, fails at none of them, and leaves every order synced in the end', async () => {
    const control = await editAll();
    const waits = await watchLockWaits(schema.pool, applicationName);
    // Held all the while: whoever waits for it is seen to wait.
    const open = await schema.pool.connect();
    await open.query('BEGIN');
    await open.query(`UPDATE ${schema.name}.orders SET client_name = 'Open' WHERE order_id = $1`, [
      'order-aside',
    ]);
    let editing = true;
    const host = editAll().finally(() => {
      editing = false;
    });
    const workers = Array.from({ length: 3 }, async () => {
      while (editing) await syncOne();
    });
    const [victims] = await Promise.all([host, ...workers]);
    await open.query('ROLLBACK');
    open.release();
    expect(victims).toBeLessThanOrEqual(control);
    expect(await waits.longestMs()).toBeLessThanOrEqual(longestWaitMs);
    await expect
      .poll(
        async () => {
          await syncOne();
          return (await must(store.countByStatus())).synced;
        },
        { timeout: 20_000, interval: 1 },
      )
      .toBe(ids.length + 1);
  });

  it('waits for none that stays open', async () => {
    const host = await schema.pool.connect();
    await host.query('BEGIN');
    await host.query(`UPDATE ${schema.name}.orders SET client_name = 'Open'`);
    const [orderId = ''] = ids;
    const loaded = await must(store.load(orderId, 0));
    const version = loaded?.order.version ?? 0;
    const begin = { orderId, version, phone, leaseMs: 60_000, keys: [] };
    const settle = { orderId, version, phone, status: 'skipped', reason: 'why' } as const;
    expect(await must(store.begin(begin))).toEqual({ kind: 'locked' });
    expect(await must(store.settle(settle))).toEqual({ kind: 'locked' });
    expect(await must(store.voidLedger(phone, orderId))).toBe('locked');
    expect(await must(store.arm(orderId))).toBe(true);
    await host.query('ROLLBACK');
    host.release();
  });
});
