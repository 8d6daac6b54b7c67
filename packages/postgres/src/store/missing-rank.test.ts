import type { StoreSubject } from '@visanet/cbb-testkit/conformance';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { prepareSuite, suiteSubject } from '../../test-support/suite-subject.ts';
import { createTestSchema, must, type TestSchema } from '../../test-support/test-schema.ts';

let schema: TestSchema;
let subject: StoreSubject;
const phone = { phoneKey: '447700900101', tombstone: 'tombstone', bucket: 7 };
const orders = () => `${schema.name}.orders`;

beforeAll(async () => {
  schema = await createTestSchema();
  await prepareSuite(schema.pool, schema.name);
  await schema.pool.query(`ALTER TABLE ${orders()} ALTER webhook_received_at DROP NOT NULL`);
});
afterAll(() => schema.drop());
beforeEach(async () => {
  subject = await suiteSubject(schema.pool, schema.name);
});

/** Positions of two orders, one of which was applied; a rank of null is missing. */
async function positionsOf(applied: string | null, other: string | null): Promise<unknown> {
  for (const [orderId, rank] of [
    ['applied', applied],
    ['another', other],
  ]) {
    await schema.pool.query(
      `INSERT INTO ${orders()} (order_id, client_phone, client_name, webhook_received_at, cbb_phone_key)
       VALUES ($1, $2::text, 'Customer', $3, $2::text)`,
      [orderId, phone.phoneKey, rank],
    );
  }
  await schema.pool.query(
    `INSERT INTO ${schema.name}.ledger (scope, phone_key, applied_order_id, applied_rank)
     VALUES ('plan/default', $1, 'applied', to_jsonb($2::timestamptz) #>> '{}')`,
    [phone.phoneKey, applied],
  );
  const { candidates } = await must(subject.store.peek('another', phone.phoneKey));
  return candidates.map(({ orderId, position }) => `${orderId}: ${position}`);
}

const early = '2025-08-20T10:00:00.000Z';

// 'another' sorts before 'applied': between two without a rank the id decides.
it.each([
  ['older than one that has a rank', early, null, ['applied: applied', 'another: older']],
  ['overtaken by one that has a rank', null, early, ['another: newer', 'applied: applied']],
  ['told apart by their ids', null, null, ['applied: applied', 'another: older']],
] as const)('orders without a rank are %s', async (_, applied, other, expected) => {
  expect(await positionsOf(applied, other)).toEqual(expected);
});
