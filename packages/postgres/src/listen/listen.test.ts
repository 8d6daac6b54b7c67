import { type StoreSubject, type SuiteOrder, suiteMapping } from '@visanet/cbb-testkit/conformance';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { prepareSuite, suiteSubject } from '../../test-support/suite-subject.ts';
import {
  createTestSchema,
  databaseUrl,
  must,
  type TestSchema,
  tablesIn,
  testScope,
} from '../../test-support/test-schema.ts';
import { migrate } from '../migrate/migrate.ts';
import { createPostgresStore } from '../store/create-postgres-store.ts';
import type { ListenState } from './listen.ts';

let schema: TestSchema;
let subject: StoreSubject;

beforeAll(async () => {
  schema = await createTestSchema();
  await prepareSuite(schema.pool, schema.name);
  const announced = { mapping: suiteMapping, ...tablesIn(schema.name), notifyChannel: schema.name };
  await must(migrate(schema.pool, announced));
});
afterAll(() => schema.drop());
beforeEach(async () => {
  subject = await suiteSubject(schema.pool, schema.name);
});

const insert = (orderId: string) =>
  subject.insert({
    order_id: orderId,
    client_phone: '447700900101',
    client_name: 'Customer',
    webhook_received_at: '2025-08-20T10:00:00.000Z',
  });

function start() {
  const orders: string[] = [];
  const states: ListenState[] = [];
  const store = createPostgresStore<SuiteOrder>({
    client: schema.pool,
    mapping: suiteMapping,
    scope: testScope,
    ...tablesIn(schema.name),
    notifyChannel: schema.name,
  });
  const listener = store.listen({
    directClient: () => new pg.Client({ connectionString: databaseUrl(), application_name: schema.name }),
    onOrder: (orderId) => orders.push(orderId),
    onState: (state) => states.push(state),
    reconnectDelayMs: 10,
  });
  return { orders, states, listener };
}

const cut = () =>
  schema.pool.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = $1', [
    schema.name,
  ]);

describe('listen', () => {
  it('calls with each insert and relevant update, and with nothing else', async () => {
    const { orders, states, listener } = start();
    await vi.waitFor(() => expect(states).toEqual(['listening']));
    await insert('A');
    await subject.update('A', { client_name: 'Other name' });
    await schema.pool.query(`UPDATE ${schema.name}.orders SET branch = 'IL', cbb_sync_error = 'why'`);
    await insert('B');
    await vi.waitFor(() => expect(orders).toEqual(['A', 'A', 'B']));
    await listener.close();
  });

  it('comes back after a lost connection', async () => {
    const { orders, states, listener } = start();
    await vi.waitFor(() => expect(states).toEqual(['listening']));
    await cut();
    await vi.waitFor(() => expect(states).toEqual(['listening', 'disconnected', 'listening']), 5_000);
    await insert('C');
    await vi.waitFor(() => expect(orders).toEqual(['C']));
    await listener.close();
  });

  it('calls no more once it is closed', async () => {
    const { orders, states, listener } = start();
    await vi.waitFor(() => expect(states).toEqual(['listening']));
    await listener.close();
    await insert('D');
    const { rows } = await schema.pool.query('SELECT 1 FROM pg_stat_activity WHERE application_name = $1', [
      schema.name,
    ]);
    expect([orders, rows]).toEqual([[], []]);
  });

  it('refuses a store that announces nothing, and wrong options', () => {
    const silent = createPostgresStore<SuiteOrder>({
      client: schema.pool,
      mapping: suiteMapping,
      notifyChannel: false,
    });
    const directClient = () => new pg.Client();
    const onOrder = () => undefined;
    expect(() => silent.listen({ directClient, onOrder })).toThrow(/notifyChannel/);
    expect(() => silent.listen({ directClient, onOrder, reconnectDelayMs: 0 })).toThrow(/reconnectDelayMs/);
  });
});
