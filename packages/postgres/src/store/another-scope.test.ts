import type { StoreSubject } from '@visanet/cbb-testkit/conformance';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { prepareSuite, suiteSubject } from '../../test-support/suite-subject.ts';
import { createTestSchema, must, type TestSchema } from '../../test-support/test-schema.ts';

let schema: TestSchema;
let subject: StoreSubject;
const phone = { phoneKey: '447700900101', tombstone: 'tombstone-1', bucket: 7 };
const other = { phoneKey: '447700900102', tombstone: 'tombstone-2', bucket: 7 };
const leaseMs = 60_000;
const ledgerTable = () => `${schema.name}.ledger`;

beforeAll(async () => {
  schema = await createTestSchema();
  await prepareSuite(schema.pool, schema.name);
});
afterAll(() => schema.drop());
beforeEach(async () => {
  subject = await suiteSubject(schema.pool, schema.name);
  await schema.pool.query(
    `INSERT INTO ${ledgerTable()} (scope, phone_key, lease_token, lease_expires_at, unclean)
     SELECT 'another/account', key, gen_random_uuid(), now() + interval '1 hour', true FROM unnest($1::text[]) key`,
    [[phone.phoneKey, other.phoneKey]],
  );
});

async function foreignRows(): Promise<unknown> {
  const { rows } = await schema.pool.query(
    `SELECT to_jsonb(l)::text AS row FROM ${ledgerTable()} l WHERE scope = 'another/account' ORDER BY phone_key`,
  );
  return rows;
}

async function begin(orderId: string, of = phone) {
  const loaded = await must(subject.store.load(orderId, 10));
  const input = { orderId, version: loaded?.order.version ?? 0, phone: of, leaseMs, keys: [] };
  const begun = await must(subject.store.begin(input));
  if (begun.kind !== 'acquired') throw new Error(begun.kind);
  return { ...begun, version: input.version };
}

const ledger = {
  contact: 'exists',
  hashes: {},
  appliedHashes: null,
  identity: {},
  verified: true,
  unclean: false,
} as const;

it('what is written for a phone leaves the rows of another scope as they are, held or not', async () => {
  const before = await foreignRows();
  const { store } = subject;
  await subject.insert({
    order_id: 'A',
    client_phone: phone.phoneKey,
    client_name: 'Customer',
    webhook_received_at: '2025-08-20T10:00:00.000Z',
  });

  const first = await begin('A');
  expect(await must(store.renew(phone, first.token, leaseMs))).toBe('held');
  const own = {
    orderId: 'A',
    version: first.version,
    status: 'pending',
    dueInMs: 0,
    reason: null,
    countsAttempt: false,
    failing: false,
  } as const;
  await must(store.release({ phone, token: first.token, appliedOrderId: null, ledger, own }));
  const second = await begin('A');
  const seenBefore = [{ orderId: 'A', version: second.version + 1 }];
  const refused = { phone, token: second.token, orderId: 'A', appliedOrderId: 'A', ledger, orphaned: false };
  const again = await must(store.complete({ ...refused, seen: seenBefore, outcomes: [] }));
  expect(again.kind).toBe('again');
  const contact = { contactId: phone.phoneKey, existed: true, hasWhatsApp: null };
  const completed = await must(
    store.complete({
      phone,
      token: second.token,
      orderId: 'A',
      seen: [{ orderId: 'A', version: second.version }],
      appliedOrderId: 'A',
      ledger,
      orphaned: false,
      outcomes: [{ orderId: 'A', version: second.version, status: 'synced', reason: null, contact }],
    }),
  );
  expect(completed.kind).toBe('completed');
  expect((await must(store.peek('A', phone.phoneKey))).ledger).toMatchObject({
    contact: 'exists',
    unclean: false,
  });
  // The phone is clean here, though held and unclean in the other scope.
  await subject.update('A', { client_name: 'Other name' });
  const skipped = {
    orderId: 'A',
    version: second.version + 1,
    phone,
    status: 'skipped',
    reason: 'why',
  } as const;
  expect(await must(store.settle(skipped))).toEqual({ kind: 'settled', leftPhone: 'none' });
  await must(store.voidLedger(phone, 'A'));
  await subject.update('A', { client_phone: other.phoneKey });
  const moved = await begin('A', other);
  expect(moved.leftPhone).toBe('orphaned');

  await subject.update('A', { client_phone: 'none' });
  const invalid = {
    orderId: 'A',
    version: moved.version + 1,
    phone: null,
    status: 'failed',
    reason: 'why',
  } as const;
  await must(store.release({ phone: other, token: moved.token, appliedOrderId: null, ledger, own }));
  expect(await must(store.settle(invalid))).toEqual({ kind: 'settled', leftPhone: 'orphaned' });

  const erasing = await must(store.beginErase(phone, leaseMs));
  if (erasing.kind !== 'acquired') throw new Error(erasing.kind);
  await must(store.completeErase(phone, erasing.token));
  expect(await foreignRows()).toEqual(before);
});
