import { err, ok, type Result } from 'neverthrow';
import type { CbbError } from '../errors/cbb-error.ts';
import type { CallOptions } from '../resilience/call-options.ts';
import type { V11Api, V11Contact } from './api.ts';
import { isContactOf } from './wire-contact.ts';

/** Null where the service says in any of its three ways that nobody has this phone. */
export async function lookUp(
  api: Pick<V11Api, 'getContact'>,
  phone: string,
  options: CallOptions,
): Promise<Result<V11Contact | null, CbbError>> {
  const answer = await api.getContact(phone, options);
  if (answer.isOk()) return ok(isContactOf(answer.value, phone) ? answer.value : null);
  const { kind, status } = answer.error;
  return kind === 'not_found' || (kind === 'invalid_request' && status === 400)
    ? ok(null)
    : err(answer.error);
}
