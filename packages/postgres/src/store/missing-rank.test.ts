import type { StoreSubject } from '@visanet/cbb-testkit/conformance';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { prepareSuite, suiteSubject } from '../../test-support/suite-subject.ts';
import { createTestSchema, must, type TestSchema } from '../../test-support/test-schema.ts';

const phone = { phoneKey: '447700900101', tombstone: 'tombstone', bucket: 7 };
const early = '2025-08-20T10:00:00.000Z';
const late = '2025-08-20T11:00:00.000Z';

describe.each(['inline', 'beside'] as const)('orders without a rank, state %s', (state) => {
  let schema: TestSchema;
  let subject: StoreSubject;

  beforeAll(async () => {
    schema = await createTestSchema();
    await prepareSuite(schema.pool, schema.name, state);
    await schema.pool.query(`ALTER TABLE ${schema.name}.orders ALTER webhook_received_at DROP NOT NULL`);
  });
  afterAll(() => schema.drop());
  beforeEach(async () => {
    subject = await suiteSubject(schema.pool, schema.name, { client: schema.pool }, state);
  });

  async function insert(orderId: string, rank: string | null): Promise<void> {
    await schema.pool.query(
      `INSERT INTO ${schema.name}.orders (order_id, client_phone, client_name, webhook_received_at)
       VALUES ($1, $2, 'Customer', $3)`,
      [orderId, phone.phoneKey, rank],
    );
    const settle = { orderId, version: 1, phone, status: 'pending', reason: null } as const;
    await must(subject.store.settle(settle));
  }

  async function positions(): Promise<unknown> {
    const { candidates } = await must(subject.store.peek('another', phone.phoneKey));
    return candidates.map(({ orderId, position }) => `${orderId}: ${position}`);
  }

  // 'another' sorts before 'applied': between two without a rank the id decides.
  it.each([
    ['older than one that has a rank', early, null, ['applied: applied', 'another: older']],
    ['overtaken by one that has a rank', null, early, ['another: newer', 'applied: applied']],
    ['told apart by their ids', null, null, ['applied: applied', 'another: older']],
    ['not what decides between two that have one', early, late, ['another: newer', 'applied: applied']],
  ] as const)('are %s', async (_, applied, other, expected) => {
    await insert('applied', applied);
    await insert('another', other);
    await schema.pool.query(
      `INSERT INTO ${schema.name}.ledger (scope, phone_key, applied_order_id, applied_rank)
       VALUES ('plan/default', $1, 'applied', to_jsonb($2::timestamptz) #>> '{}')`,
      [phone.phoneKey, applied],
    );
    expect(await positions()).toEqual(expected);
  });

  it('are newer where nothing was applied', async () => {
    await insert('another', null);
    expect(await positions()).toEqual(['another: newer']);
  });

  it.each([
    ['older than history that has one', 'a history', early, null, 'older_than_history'],
    ['newer than history without one where their id is later', 'a history', null, null, 'newer'],
    [
      'older than history without one where their id is earlier',
      'the history',
      null,
      null,
      'older_than_history',
    ],
    ['what history without one is older than', 'the history', null, early, 'newer'],
  ] as const)('are %s', async (_, id, history, rank, expected) => {
    await insert('another', rank);
    await schema.pool.query(
      `INSERT INTO ${schema.name}.history (phone_key, rank, order_id) VALUES ($1, $2, $3)`,
      [phone.phoneKey, history, id],
    );
    expect(await positions()).toEqual([`another: ${expected}`]);
  });
});
