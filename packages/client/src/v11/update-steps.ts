import { err, ok } from 'neverthrow';
import type { UpdateAnswer } from '../contacts/contact-gateway.ts';
import { createError } from '../errors/create-error.ts';
import type { NextOptions } from '../resilience/call-series.ts';
import type { V11Api, V11Contact } from './api.ts';
import { type EncodedField, setActions } from './encode-fields.ts';
import type { FieldsByName } from './field-list.ts';
import type { FieldDefinition } from './field-type.ts';
import { operations } from './operations.ts';
import { isContactOf, toContact, whatsAppOf } from './wire-contact.ts';
import type { WriteStep } from './write-steps.ts';

/**
 * How many fields are set: each by its own request (`fields`), all by creating the contact once more (`upsert`), or all by
 * content without a message (`actions`). The last two were seen on sister deployments only: prove them on one test
 * contact of the account first.
 */
export type UpdateStrategy = 'fields' | 'upsert' | 'actions';

export const updateStrategies = ['fields', 'upsert', 'actions'] as const satisfies readonly UpdateStrategy[];

export interface Update {
  readonly phone: string;
  readonly set: readonly EncodedField[];
  readonly clear: readonly FieldDefinition[];
  readonly known: FieldsByName;
}

const nothingSaid = () => null;

export function updateSteps(
  api: V11Api,
  strategy: UpdateStrategy,
  update: Update,
  next: NextOptions,
): readonly WriteStep[] {
  return [...setSteps(api, strategy, update, next), ...clearSteps(api, update.phone, update.clear, next)];
}

export function clearSteps(
  api: Pick<V11Api, 'clearContactCustomField'>,
  phone: string,
  fields: readonly Pick<FieldDefinition, 'id' | 'name'>[],
  next: NextOptions,
): readonly WriteStep[] {
  return fields.map(({ id, name }) => ({
    names: [name],
    run: () => api.clearContactCustomField(phone, id, next()).map(nothingSaid),
  }));
}

function setSteps(
  api: V11Api,
  strategy: UpdateStrategy,
  { phone, set, known }: Update,
  next: NextOptions,
): readonly WriteStep[] {
  if (set.length === 0) return [];
  const names = set.map(({ field }) => field.name);
  const actions = setActions(set);
  switch (strategy) {
    case 'fields':
      return set.map(({ field, value }) => ({
        names: [field.name],
        run: () => api.setContactCustomField(phone, field.id, value, next()).map(nothingSaid),
      }));
    case 'upsert':
      return [
        {
          names,
          run: () =>
            api
              .createContact({ phone, actions }, next())
              .andThen((contact) => checkIdentity(contact, phone).map(() => toldOf(contact, phone, known))),
        },
      ];
    case 'actions':
      return [
        {
          names,
          run: () => api.sendContent(phone, { messages: [], actions }, next()).map(nothingSaid),
        },
      ];
  }
}

/** An answer without a phone is the bare word that a contact was written. */
function toldOf(contact: V11Contact, phone: string, known: FieldsByName): UpdateAnswer {
  return isContactOf(contact, phone)
    ? toContact(contact, phone, known)
    : { id: phone, whatsApp: whatsAppOf(contact) };
}

/** The id of a contact is its phone; any other answer means that somebody else's contact was written. */
export function checkIdentity(contact: V11Contact, phone: string) {
  if (contact.id === phone) return ok(contact);
  return err(
    createError(
      {
        kind: 'unexpected_body',
        reason: 'the service answered with another contact than the one that was sent',
        retryable: false,
      },
      operations.createContact,
      'unknown',
    ),
  );
}
