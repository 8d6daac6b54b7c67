import {
  type CbbSyncEngine,
  type ContactGateway,
  createSyncEngine,
  defineMapping,
  type FieldValue,
} from '@visanet/cbb-sync';
import { okAsync } from 'neverthrow';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import * as z from 'zod';
import {
  createTestSchema,
  must,
  type TestSchema,
  tablesIn,
  testScope,
} from '../../test-support/test-schema.ts';
import { migrate } from '../migrate/migrate.ts';
import { createPostgresStore } from './create-postgres-store.ts';

const [british, american] = ['447700900123', '12025550100'];

/** Its schema requires more than its mapping reads. */
const mapping = defineMapping({
  schema: z.object({
    id: z.string(),
    country_code: z.string(),
    number: z.string(),
    city: z.string(),
    state: z.enum(['new', 'paid']),
    created_at: z.string(),
  }),
  orderId: 'id',
  phone: {
    from: ['country_code', 'number'],
    value: (row) => ({ code: row.country_code, number: row.number }),
  },
  rank: 'created_at',
  fields: { city: { type: 'text', from: 'city' } },
});

/** Contacts by their phones. */
function memoryGateway(contacts: Map<string, Record<string, FieldValue>>): ContactGateway {
  const written = (phone: string, fields: Readonly<Record<string, FieldValue>>) => {
    contacts.set(phone, { ...contacts.get(phone), ...fields });
    return okAsync({ whatsApp: 'yes' as const });
  };
  return {
    capabilities: { conflictOnCreate: true, checksWhatsApp: false, updatesInOneRequest: true },
    find: () => okAsync(null),
    create: ({ phone, fields }) => written(phone, fields),
    update: (phone, { set }) => written(phone, set),
    checkWhatsApp: () => okAsync('yes'),
    erase: () => okAsync({ kind: 'absent', remaining: [] }),
  };
}

describe.each(['inline', 'beside'] as const)('a phone in two columns, state %s', (state) => {
  let schema: TestSchema;
  let engine: CbbSyncEngine;
  const contacts = new Map<string, Record<string, FieldValue>>();
  const insert = (id: string, number: string, day: number) =>
    schema.pool.query(
      `INSERT INTO ${schema.name}.orders VALUES ($1, '44', $2, 'Oslo', 'new', $3::timestamptz)`,
      [id, number, `2026-01-0${day}`],
    );
  const set = (assignment: string) =>
    schema.pool.query(`UPDATE ${schema.name}.orders SET ${assignment} WHERE id = 'b'`);
  const due = () => must(engine.claimDue(9));

  beforeEach(async () => {
    contacts.clear();
    schema = await createTestSchema();
    await schema.pool.query(`CREATE TABLE ${schema.name}.orders (id text PRIMARY KEY, country_code text NOT NULL,
      number text NOT NULL, city text, state text, created_at timestamptz NOT NULL)`);
    await insert('a', '7700900123', 2);
    const options = { mapping, ...tablesIn(schema.name), state };
    await must(migrate(schema.pool, options));
    const store = createPostgresStore({ client: schema.pool, scope: testScope, ...options });
    engine = createSyncEngine({ store, gateway: memoryGateway(contacts), mapping });
  });
  afterEach(() => schema.drop());

  it('is that of an order of history, too', async () => {
    await insert('b', '07700 900123', 1);
    expect(await must(engine.sync('b'))).toMatchObject({ outcome: 'skipped', reason: 'older_than_history' });
  });

  it('moves the order when either column is edited', async () => {
    await insert('b', '7700900123', 3);
    expect(await must(engine.sync('b'))).toMatchObject({ outcome: 'created', status: 'synced' });
    expect([...contacts.keys()]).toEqual([british]);
    expect(await due()).toEqual([]);

    await set(`country_code = '999'`);
    expect(await due()).toEqual(['b']);
    expect(await must(engine.sync('b'))).toMatchObject({ failure: 'invalid_phone' });
    await set(`number = '+12025550100'`);
    expect(await due()).toEqual(['b']);
    expect(await must(engine.sync('b'))).toMatchObject({ outcome: 'created', status: 'synced' });
    expect([...contacts.keys()]).toEqual([british, american]);
  });

  it('and a column that only the schema requires is read, and an edit of it mends the order', async () => {
    await insert('b', '7700900123', 3);
    await set(`state = 'odd'`);
    expect(await must(engine.sync('b'))).toMatchObject({ reason: 'row_invalid: state is invalid' });
    expect(await due()).toEqual([]);
    await set(`state = 'paid'`);
    expect(await due()).toEqual(['b']);
    expect(await must(engine.sync('b'))).toMatchObject({ outcome: 'created', status: 'synced' });
  });
});

it('a column that the schema requires and the table lacks stops the migration by name', async () => {
  const schema = await createTestSchema();
  await schema.pool.query(`CREATE TABLE ${schema.name}.orders (id text PRIMARY KEY, country_code text,
    number text, city text, created_at timestamptz NOT NULL)`);
  const refused = await migrate(schema.pool, { mapping, ...tablesIn(schema.name) });
  expect(refused._unsafeUnwrapErr()).toMatchObject({
    kind: 'store_misconfigured',
    message: expect.stringContaining('state'),
  });
  await schema.drop();
});

it('a schema that throws at a row fails its order, which is no word of the row', async () => {
  const schema = await createTestSchema();
  await schema.pool.query(`CREATE TABLE ${schema.name}.orders (id text PRIMARY KEY, number text NOT NULL,
    city text, created_at timestamptz NOT NULL)`);
  const text = z.string();
  const columns = { id: text, number: text, created_at: text };
  const throwing = defineMapping({
    schema: z.object({
      ...columns,
      city: z
        .string()
        .nullable()
        .transform((city) => city?.at(0)?.repeat(-1)),
    }),
    orderId: 'id',
    phone: 'number',
    rank: 'created_at',
    fields: { city: { type: 'text', from: 'city' } },
  });
  const options = { mapping: throwing, ...tablesIn(schema.name) };
  await must(migrate(schema.pool, options));
  const store = createPostgresStore({ client: schema.pool, scope: testScope, ...options });
  const engine = createSyncEngine({ store, gateway: memoryGateway(new Map()), mapping: throwing });
  await schema.pool.query(`INSERT INTO ${schema.name}.orders VALUES ('a', $1, 'Oslo', now())`, [british]);
  const reason = 'mapping_failed: schema (RangeError)';
  expect(await must(engine.sync('a'))).toMatchObject({ failure: 'mapping_failed', reason });
  await schema.drop();
});
