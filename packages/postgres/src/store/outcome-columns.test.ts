import { type StoreSubject, type SuiteOrder, suiteMapping } from '@visanet/cbb-testkit/conformance';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { prepareSuite, suiteSubject } from '../../test-support/suite-subject.ts';
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
const leaseMs = 60_000;

// What the port does not show: columns that people and the plan's queries read.
describe.each(['inline', 'beside'] as const)('columns that an end leaves, state %s', (state) => {
  let schema: TestSchema;
  let subject: StoreSubject;
  let store: PostgresStore<SuiteOrder>;

  beforeAll(async () => {
    schema = await createTestSchema();
    await prepareSuite(schema.pool, schema.name, state);
    const options = { mapping: suiteMapping, ...tablesIn(schema.name), state };
    store = createPostgresStore({ client: schema.pool, scope: testScope, ...options });
  });
  afterAll(() => schema.drop());
  beforeEach(async () => {
    subject = await suiteSubject(schema.pool, schema.name, { client: schema.pool }, state);
    await insert('A');
  });

  const insert = (orderId: string) =>
    subject.insert({
      order_id: orderId,
      client_phone: phone.phoneKey,
      client_name: 'Customer',
      webhook_received_at: '2025-08-20T10:00:00.000Z',
    });

  const table = () => `${schema.name}.${state === 'inline' ? 'orders' : 'states'}`;

  async function row(orderId = 'A'): Promise<Record<string, unknown>> {
    const { rows } = await schema.pool.query(`SELECT * FROM ${table()} WHERE order_id = $1`, [orderId]);
    return rows[0];
  }

  async function isOrphaned(): Promise<boolean> {
    const { rows } = await schema.pool.query(
      `SELECT orphaned FROM ${schema.name}.ledger WHERE phone_key = $1`,
      [phone.phoneKey],
    );
    return rows[0]?.orphaned;
  }

  async function acquire(orderId = 'A', of = phone) {
    const version = (await must(store.load(orderId, 0)))?.order.version ?? 0;
    const begun = await must(store.begin({ orderId, version, phone: of, leaseMs, keys: [] }));
    if (begun.kind !== 'acquired') throw new Error(begun.kind);
    const seen = [{ orderId, version }];
    return { phone: of, token: begun.token, orderId, appliedOrderId: orderId, ledger, seen, orphaned: false };
  }

  const outcome = { orderId: 'A', version: 1, status: 'synced', reason: null } as const;
  const contact = { contactId: phone.phoneKey, existed: true, hasWhatsApp: true };

  it.each([
    ['skipped', null],
    ['failed', expect.any(Date)],
  ] as const)(
    'settled as %s: no due time, and an attempt only where it failed',
    async (status, attempted) => {
      await must(store.settle({ orderId: 'A', version: 1, phone: null, status, reason: 'why' }));
      expect(await row()).toMatchObject({ cbb_sync_due_at: null, cbb_sync_attempted_at: attempted });
    },
  );

  it('an outcome without a contact keeps what is known of it', async () => {
    await must(store.complete({ ...(await acquire()), outcomes: [{ ...outcome, contact }] }));
    const known = { cbb_contact_id: phone.phoneKey, cbb_contact_exists: true, cbb_has_whatsapp: true };
    expect(await row()).toMatchObject(known);
    await must(store.complete({ ...(await acquire()), outcomes: [{ ...outcome, contact: null }] }));
    expect(await row()).toMatchObject(known);
  });

  it('the last failure has no due time', async () => {
    const held = await acquire();
    const own = {
      orderId: 'A',
      version: 1,
      status: 'failed',
      dueInMs: 1_000,
      reason: 'timeout',
      countsAttempt: true,
      failing: false,
    } as const;
    await must(store.release({ ...held, own }));
    expect(await row()).toMatchObject({ cbb_sync_status: 'failed', cbb_sync_due_at: null });
  });

  it('an erasure leaves no due time with what is finished', async () => {
    await must(store.complete({ ...(await acquire()), outcomes: [{ ...outcome, contact }] }));
    const erasing = await must(store.beginErase(phone, leaseMs));
    if (erasing.kind !== 'acquired') throw new Error(erasing.kind);
    await schema.pool.query(`UPDATE ${table()} SET cbb_sync_status = 'synced', cbb_sync_due_at = now()`);
    await must(store.completeErase(phone, erasing.token));
    expect(await row()).toMatchObject({ cbb_sync_status: 'skipped', cbb_sync_due_at: null });
  });

  it('a phone that lost its only order is for review, until an order takes it again', async () => {
    await must(store.complete({ ...(await acquire()), outcomes: [{ ...outcome, contact }] }));
    await subject.update('A', { client_phone: '447700900102' });
    await acquire('A', { ...phone, phoneKey: '447700900102' });
    expect(await isOrphaned()).toBe(true);
    await insert('B');
    const held = await acquire('B');
    expect(await isOrphaned()).toBe(false);
    await must(store.complete({ ...held, orphaned: true, outcomes: [] }));
    expect(await isOrphaned()).toBe(true);
  });

  it('an order that a person set to another status is not due, whatever its due time', async () => {
    await schema.pool.query(`UPDATE ${table()} SET cbb_sync_status = 'skipped'`);
    expect((await row()).cbb_sync_due_at).toEqual(expect.any(Date));
    const due = { limit: 9, leaseMs, rolloutPercent: 100 };
    expect((await must(store.load('A', 9)))?.order.dueInMs).toBeNull();
    expect(await must(store.claimDue({ ...due, visibilityMs: 0 }))).toEqual([]);
    expect((await must(store.listDue({ ...due, after: null }))).orderIds).toEqual([]);
  });
});
