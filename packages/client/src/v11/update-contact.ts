import { err, ok, type Result } from 'neverthrow';
import type { Contact, FieldChanges, UpdateAnswer } from '../contacts/contact-gateway.ts';
import type { Refusals } from '../contacts/refusals.ts';
import type { CbbError } from '../errors/cbb-error.ts';
import { createError } from '../errors/create-error.ts';
import type { NextOptions } from '../resilience/call-series.ts';
import type { V11Api } from './api.ts';
import { type EncodedField, encodeFields } from './encode-fields.ts';
import type { FieldsByName } from './field-list.ts';
import type { FieldDefinition } from './field-type.ts';
import { lookUp } from './look-up.ts';
import { operations } from './operations.ts';
import { notShown, type OptionProofs } from './option-proofs.ts';
import { type UpdateStrategy, updateSteps } from './update-steps.ts';
import { toContact } from './wire-contact.ts';
import { runSteps } from './write-steps.ts';

export interface UpdateParts {
  readonly api: V11Api;
  readonly strategy: UpdateStrategy;
  readonly proofs: OptionProofs;
  readonly refusals: Refusals;
}

/** Writes what fits the fields' types, and reads back what only a look can tell. */
export async function updateContact(
  parts: UpdateParts,
  phone: string,
  changes: FieldChanges,
  known: FieldsByName,
  next: NextOptions,
): Promise<Result<UpdateAnswer, CbbError>> {
  const set = encodeFields(changes.set, known);
  if (set.isErr()) return err(createError(set.error, operations.setContactCustomField));
  const refused = parts.proofs.refused(set.value);
  if (refused.length > 0) return err(noOptions(refused));
  const clear = changes.clear.flatMap((name): FieldDefinition[] => {
    const field = known.get(name);
    return field === undefined ? [] : [field];
  });
  const steps = updateSteps(parts.api, parts.strategy, { phone, set: set.value, clear, known }, next);
  const written = await runSteps(phone, steps);
  if (written.isErr() && written.error.kind !== 'partial_write') return written;
  const missing =
    written.isErr() && written.error.kind === 'partial_write' ? written.error.missingFields : [];
  const doubtful = parts.proofs.unproven(set.value).filter(({ field }) => !missing.includes(field.name));
  if (doubtful.length === 0) return written;
  const proven = await prove(parts, phone, doubtful, known, next);
  // Where both fell short, what the write itself said weighs more; the next attempt proves the rest.
  return written.isErr() ? err(withMissing(written.error, proven)) : proven;
}

async function prove(
  { api, proofs, refusals }: UpdateParts,
  phone: string,
  doubtful: readonly EncodedField[],
  known: FieldsByName,
  next: NextOptions,
): Promise<Result<Contact, CbbError>> {
  const found = await lookUp(api, phone, next());
  if (found.isErr() || found.value === null) {
    const stoppedBy = found.isErr() && found.error.kind !== 'partial_write' ? found.error.kind : 'not_found';
    return err(notProven(doubtful, { stoppedBy, retryable: true }));
  }
  const dropped = notShown(found.value, doubtful, known);
  for (const written of doubtful) if (!dropped.includes(written)) proofs.note(written, true);
  if (dropped.length === 0) {
    refusals.forget(phone);
    return ok(toContact(found.value, phone, known));
  }
  // Once can be a service that shows a write late; twice it is none of its options.
  const repeated = refusals.repeats(
    phone,
    dropped.map(({ field }) => field.name),
  );
  if (repeated) for (const written of dropped) proofs.note(written, false);
  return err(notProven(dropped, { retryable: !repeated }));
}

function notProven(
  fields: readonly EncodedField[],
  details: {
    readonly retryable: boolean;
    readonly stoppedBy?: 'not_found' | Exclude<CbbError['kind'], 'partial_write'>;
  },
): CbbError {
  const missingFields = fields.map(({ field }) => field.name);
  const reason = `a value was not there when it was read back: ${missingFields.join(', ')}`;
  return createError(
    { kind: 'partial_write', missingFields, reason, ...details },
    operations.setContactCustomField,
    'none',
  );
}

function withMissing(error: CbbError, proven: Result<unknown, CbbError>): CbbError {
  if (proven.isOk() || error.kind !== 'partial_write' || proven.error.kind !== 'partial_write') return error;
  return Object.freeze({
    ...error,
    missingFields: Object.freeze([...error.missingFields, ...proven.error.missingFields]),
  });
}

function noOptions(names: readonly string[]): CbbError {
  const reason = `a value is no option of its custom field, by what the service dropped before: ${names.join(', ')}`;
  return createError(
    { kind: 'invalid_request', reason, missingFields: names },
    operations.setContactCustomField,
    'none',
  );
}
