import { randomUUID } from 'node:crypto';
import type { FieldDefinition, UpdateStrategy, V11Client } from '@visanet/cbb-client';
import { type InvalidPhone, maskPhone, normalizePhone } from '@visanet/cbb-sync';
import type { FieldTypes } from '../compose/host-file.ts';
import { type Check, failure, ok } from './check.ts';

const name = 'update strategy';
/** Cheapest first. */
const strategies: readonly UpdateStrategy[] = ['upsert', 'actions', 'fields'];
const probedFields = 2;

export interface ProbeSetup {
  readonly phone: string;
  readonly fieldTypes: FieldTypes;
  readonly openWith: (strategy: UpdateStrategy) => V11Client;
  readonly signal: AbortSignal;
}

/** Writes marks to a few text fields of one contact by each strategy, reads them back, and restores what stood there. */
export async function probeStrategies({
  phone: given,
  fieldTypes,
  openWith,
  signal,
}: ProbeSetup): Promise<Check> {
  const phone = normalizePhone(given);
  if (phone.isErr()) return failure(name, whyNot(phone.error), 'give a phone with its country code');
  const id = phone.value;
  const safe = openWith('fields');
  const listed = await safe.customFields.list({ signal });
  if (listed.isErr()) return failure(name, listed.error.message, 'try again later');
  const fields = textFields(listed.value, fieldTypes).slice(0, probedFields);
  if (fields.length === 0) {
    return failure(name, 'no mapped field of type text to probe with', 'cbb doctor --create-fields');
  }
  const found = await safe.contacts.find(id, { signal });
  if (found.isErr()) return failure(name, found.error.message, 'try again later');
  const before = found.value;
  if (before === null) {
    const created = await safe.contacts.create({ phone: id, name: 'Doctor Probe', fields: {} }, { signal });
    if (created.isErr()) return failure(name, `no test contact: ${created.error.message}`, 'try again later');
  }

  const proven = new Set<UpdateStrategy>();
  for (const strategy of strategies) {
    if (await carriesOut(openWith(strategy), id, fields, signal)) proven.add(strategy);
  }
  const restored = await restore(safe, id, fields, before?.fields ?? {}, signal);
  const best = strategies.find((strategy) => proven.has(strategy));
  const contact = `${maskPhone(id)}${before === null ? ' was created for it: remove it by hand' : ''}`;
  if (best === undefined) return failure(name, `none works on ${contact}`, 'check the fields of the account');
  const others = strategies.filter((strategy) => !proven.has(strategy));
  const unproven = others.length === 0 ? '' : `; not proven: ${others.join(', ')}`;
  const left = restored ? '' : `; the values before could not be restored: ${fields.join(', ')}`;
  return {
    ...ok(name, `proven: ${[...proven].join(', ')}${unproven}; test contact ${contact}${left}`),
    remedy: `start workers with --update-strategy=${best}`,
  };
}

function whyNot({ reason }: InvalidPhone): string {
  return `the phone to probe is not valid: ${reason}`;
}

function textFields(listed: readonly FieldDefinition[], fieldTypes: FieldTypes): readonly string[] {
  return listed
    .filter(({ name: field, type }) => type === 'text' && fieldTypes.get(field) === 'text')
    .map(({ name: field }) => field);
}

async function carriesOut(
  client: V11Client,
  phone: string,
  fields: readonly string[],
  signal: AbortSignal,
): Promise<boolean> {
  const mark = `doctor-${randomUUID().slice(0, 8)}`;
  const set = Object.fromEntries(fields.map((field) => [field, mark]));
  const updated = await client.contacts.update(phone, { set, clear: [] }, { signal });
  if (updated.isErr()) return false;
  const read = await client.contacts.find(phone, { signal });
  return read.map((contact) => fields.every((field) => contact?.fields[field] === mark)).unwrapOr(false);
}

async function restore(
  client: V11Client,
  phone: string,
  fields: readonly string[],
  before: Readonly<Record<string, string | number | boolean | null>>,
  signal: AbortSignal,
): Promise<boolean> {
  const set: Record<string, string | number | boolean> = {};
  const clear: string[] = [];
  for (const field of fields) {
    const value = before[field] ?? null;
    if (value === null) clear.push(field);
    else set[field] = value;
  }
  return (await client.contacts.update(phone, { set, clear }, { signal })).isOk();
}
