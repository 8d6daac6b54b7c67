import { err, ok, type Result } from 'neverthrow';
import type { EraseAnswer } from '../contacts/contact-gateway.ts';
import type { CbbError } from '../errors/cbb-error.ts';
import type { NextOptions } from '../resilience/call-series.ts';
import type { V11Api, V11Contact } from './api.ts';
import { lookUp } from './look-up.ts';
import { clearSteps } from './update-steps.ts';
import { fieldValueOf, nameOf } from './wire-contact.ts';
import { runSteps } from './write-steps.ts';

/** The service has no delete: empties the named fields and says what else a person must remove in its console. */
export async function eraseContact(
  api: Pick<V11Api, 'getContact' | 'clearContactCustomField'>,
  phone: string,
  names: readonly string[],
  next: NextOptions,
): Promise<Result<EraseAnswer, CbbError>> {
  const found = await lookUp(api, phone, next());
  if (found.isErr()) return err(found.error);
  if (found.value === null) return ok({ kind: 'absent', remaining: [] });

  const filled = (found.value.custom_fields ?? []).filter((field) => fieldValueOf(field, null) !== null);
  const ours = filled.filter((field) => names.includes(field.name));
  const cleared = await runSteps(phone, clearSteps(api, phone, ours, next));
  if (cleared.isErr()) return err(cleared.error);
  return ok({ kind: 'cleared', remaining: remainingOf(found.value, filled.length > ours.length) });
}

function remainingOf(contact: V11Contact, hasOtherFields: boolean): readonly string[] {
  const parts: readonly (readonly [string, boolean])[] = [
    ['phone', true],
    ['name', nameOf(contact) !== null],
    ['email', Boolean(contact.email)],
    ['profile picture', Boolean(contact.profile_pic)],
    ['tags', (contact.tags ?? []).length > 0],
    ['other custom fields', hasOtherFields],
    ['messages', Boolean(contact.last_sent ?? contact.last_interaction)],
  ];
  return parts.filter(([, remains]) => remains).map(([part]) => part);
}
