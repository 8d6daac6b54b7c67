import { err, ok, type Result } from 'neverthrow';
import type { Contact, NewContact } from '../contacts/contact-gateway.ts';
import type { Refusals } from '../contacts/refusals.ts';
import type { CbbError } from '../errors/cbb-error.ts';
import { createError } from '../errors/create-error.ts';
import type { NextOptions } from '../resilience/call-series.ts';
import type { V11Api, V11Contact, V11NewContact } from './api.ts';
import { type EncodedField, setActions } from './encode-fields.ts';
import type { FieldsByName } from './field-list.ts';
import { lookUp } from './look-up.ts';
import { operations } from './operations.ts';
import { notShown } from './option-proofs.ts';
import { splitName } from './split-name.ts';
import { checkIdentity } from './update-steps.ts';
import { nameOf, toContact, valuesOf } from './wire-contact.ts';

export interface Creation {
  readonly contact: NewContact;
  readonly encoded: readonly EncodedField[];
  readonly known: FieldsByName;
  /** Answers `conflict` where the contact that was read back holds what this creation did not put there. */
  readonly detectsExisting: boolean;
  readonly refusals: Refusals;
}

/** Creates and reads back: the service answers success also for actions that it did not carry out. */
export async function createAndVerify(
  api: Pick<V11Api, 'createContact' | 'getContact'>,
  creation: Creation,
  next: NextOptions,
): Promise<Result<Contact, CbbError>> {
  const { phone } = creation.contact;
  const created = await api
    .createContact(bodyOf(creation), next())
    .andThen((contact) => checkIdentity(contact, phone));
  if (created.isErr()) return err(created.error);

  const found = await lookUp(api, phone, next());
  // Whatever stopped the reading, the contact may stand by now.
  if (found.isErr()) return err(Object.freeze({ ...found.error, effect: 'unknown' }));
  if (found.value === null) {
    return err(
      createError(
        { kind: 'unexpected_body', reason: 'the contact that was created cannot be read back' },
        operations.createContact,
        'unknown',
      ),
    );
  }
  return judge(found.value, creation);
}

function bodyOf({ contact, encoded }: Creation): V11NewContact {
  const { phone, name, email } = contact;
  return {
    phone,
    ...(name === undefined ? {} : splitName(name)),
    ...(email === undefined ? {} : { email }),
    ...(encoded.length === 0 ? {} : { actions: setActions(encoded) }),
  };
}

function judge(found: V11Contact, creation: Creation): Result<Contact, CbbError> {
  const { encoded, known, detectsExisting } = creation;
  if (detectsExisting && isOlder(found, creation)) {
    return err(
      createError(
        // Worth another try: the contact is found then.
        { kind: 'conflict', reason: 'the contact stood before', retryable: true },
        operations.createContact,
        'unknown',
      ),
    );
  }
  const missingFields = notShown(found, encoded, known).map(({ field }) => field.name);
  const { phone } = creation.contact;
  if (missingFields.length === 0) {
    creation.refusals.forget(phone);
    return ok(toContact(found, phone, known));
  }
  return err(
    createError(
      {
        kind: 'partial_write',
        missingFields,
        retryable: !creation.refusals.repeats(phone, missingFields),
        reason: `${missingFields.length} of ${encoded.length} fields were not there when the new contact was read back`,
      },
      operations.createContact,
      'none',
    ),
  );
}

/** A contact that was created just now holds the name, the email and the fields that were sent, and no others. */
function isOlder(found: V11Contact, { contact, encoded, known }: Creation): boolean {
  const sent = new Set(encoded.map(({ field }) => field.name));
  const holdsOthers = [...valuesOf(found, known)].some(([name, value]) => value !== null && !sent.has(name));
  return holdsOthers || differs(nameOf(found), contact.name) || differs(found.email, contact.email);
}

function differs(found: string | null | undefined, sent: string | undefined): boolean {
  const normal = (text: string | null | undefined) => (text ?? '').trim().replace(/\s+/g, ' ').toLowerCase();
  return normal(found) !== '' && normal(found) !== normal(sent);
}
