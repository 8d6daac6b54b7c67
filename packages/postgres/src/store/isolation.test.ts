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

describe.each(['inline', 'beside'] as const)('what a transaction of the host meets, state %s', (state) => {
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
    await subject.insert({
      order_id: 'A',
      client_phone: phone.phoneKey,
      client_name: 'Customer',
      webhook_received_at: '2025-08-20T10:00:00.000Z',
    });
  });

  /** The SQLSTATE that the host gets for an edit of an order that the sync wrote after the transaction's snapshot. */
  async function editAfterSync(level: string, assignment: string): Promise<string | null> {
    const host = await schema.pool.connect();
    try {
      await host.query(`BEGIN ISOLATION LEVEL ${level}`);
      await host.query(`SELECT 1 FROM ${schema.name}.orders`);
      await must(store.begin({ orderId: 'A', version: 1, phone, leaseMs: 60_000, keys: [] }));
      await host.query(`UPDATE ${schema.name}.orders SET ${assignment}`);
      await host.query('COMMIT');
      return null;
    } catch (error) {
      await host.query('ROLLBACK');
      return String(Reflect.get(Object(error), 'code'));
    } finally {
      host.release();
    }
  }

  const mapped = `client_name = 'Other name'`;
  const unmapped = `form_id = 'other'`;
  it.each([
    ['READ COMMITTED', mapped, null, null],
    ['READ COMMITTED', unmapped, null, null],
    ['REPEATABLE READ', mapped, '40001', '40001'],
    ['REPEATABLE READ', unmapped, '40001', null],
    ['SERIALIZABLE', mapped, '40001', '40001'],
    ['SERIALIZABLE', unmapped, '40001', null],
  ] as const)('under %s that sets %s after the sync wrote', async (level, assignment, inline, beside) => {
    expect(await editAfterSync(level, assignment)).toBe(state === 'inline' ? inline : beside);
  });
});
