import { remedyOf } from '@visanet/cbb-host';
import { type Failure, workFailed } from '../failure.ts';

/** Trying again changes nothing about these: only an edit, of the order or of the mapping, does. */
export const mendedByEdit: readonly string[] = ['invalid_phone', 'row_invalid', 'mapping_failed'];

/** A call to the service failed: with what to do about it. */
export function serviceFailed(error: { readonly kind: string; readonly message: string }): Failure {
  const remedy = remedyOf(error.kind);
  return workFailed({ kind: error.kind, message: error.message, ...(remedy === null ? {} : { remedy }) });
}
