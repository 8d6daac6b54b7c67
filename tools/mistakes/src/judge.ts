import {
  type DesiredContact,
  type FieldIntent,
  type FieldValue,
  viziMapping,
  viziV11Mapping,
} from '@visanet/cbb-sync';
import type { OrderRow, SimulatedContact } from '@visanet/cbb-testkit';
import { expect } from 'vitest';
import type { OpenWorld } from './open-world.ts';

type Fields = SimulatedContact['fields'];

const isEmpty = (value: unknown) => value === null || value === undefined || value === '';

/** As CBB tells a value: v1.1 keeps instants and days as seconds, and yes as 1. */
function formsOf(value: FieldValue): readonly string[] {
  const text = String(value);
  const seconds = /^\d{4}-\d{2}-\d{2}/.test(text) ? [String(Date.parse(text) / 1_000)] : [];
  return [text, ...seconds, ...(typeof value === 'boolean' ? [value ? '1' : '0'] : [])];
}

function fits(intent: FieldIntent, value: unknown): boolean {
  if (intent.kind === 'set') return formsOf(intent.value).includes(String(value));
  return intent.kind === 'leave' || isEmpty(value);
}

function desiredOf({ simulator }: OpenWorld, row: OrderRow): DesiredContact | null {
  if (simulator.contract === 'plan') {
    const parsed = viziMapping.parse(row);
    return parsed.ok && viziMapping.eligibilityOf(parsed.order).eligible
      ? viziMapping.desiredContact(parsed.order)
      : null;
  }
  const parsed = viziV11Mapping.parse(row);
  return parsed.ok && viziV11Mapping.eligibilityOf(parsed.order).eligible
    ? viziV11Mapping.desiredContact(parsed.order)
    : null;
}

function holds(fields: Fields, desired: DesiredContact): boolean {
  return Object.entries(desired.fields).every(([name, intent]) => fits(intent, fields[name]));
}

/** Each contact is as one eligible order wants it, whole. */
export function expectNothingElseAtCbb(world: OpenWorld): void {
  const wanted = world.rows.flatMap((row) => desiredOf(world, row) ?? []);
  const contacts = world.accounts.flatMap((account) => [...account.contacts.values()]);
  for (const { fields } of contacts) {
    expect(
      wanted.some((desired) => holds(fields, desired)),
      'a contact holds what no eligible order gives',
    ).toBe(true);
  }
}

/** What is called synced is what the contact holds: the newest state of the order. */
export async function expectSyncedIsTrue(world: OpenWorld): Promise<void> {
  // A case may have taken the table away: then nothing is called synced.
  const status = await world.pool
    .query('SELECT cbb_sync_status AS status FROM orders WHERE order_id = $1', [world.orderId])
    .then(
      ({ rows }) => rows[0]?.status,
      () => null,
    );
  if (status !== 'synced' && status !== 'no_whatsapp') return;
  const newest = world.rows.findLast((row) => row.order_id === world.orderId);
  const desired = newest === undefined ? null : desiredOf(world, newest);
  const contact = world.simulator.contacts.get('447700900123');
  expect(
    desired !== null && contact !== undefined && holds(contact.fields, desired),
    'synced, but CBB lacks it',
  ).toBe(true);
}

/** No phone, name, address, key, password or value of an order. */
export function expectNoSecret(world: OpenWorld, output: string): void {
  const keys = [world.simulator.apiKey, world.simulator.apiKey.split('.')[1] ?? 'hunter2'];
  const secrets = ['447700900123', 'Ann Example', 'ann@example.com', 'hunter2', 'pepper', ...keys];
  for (const secret of secrets) expect(output).not.toContain(secret);
  const password = new URL(world.databaseUrl).password;
  if (password !== '') expect(output).not.toContain(`:${password}@`);
}
