import type { StoreError } from '@visanet/cbb-sync';
import { err, ok, type Result } from 'neverthrow';
import { rowMissing } from '../client/store-errors.ts';
import type { StoreParts } from './store-parts.ts';

/**
 * What it means that a row which can be read could not be locked: another transaction holds it. But policies for
 * updates that leave it out look the same.
 */
export function lockedOrHidden<O, A>(
  { allowRowSecurity }: Pick<StoreParts<O>, 'allowRowSecurity'>,
  rowSecurity: boolean,
  locked: A,
): Result<A, StoreError> {
  return rowSecurity && !allowRowSecurity ? err(notWritable) : ok(locked);
}

const notWritable: StoreError = rowMissing(
  'An order could not be locked: another transaction holds it, or row-level security refuses updates of it.',
  true,
);

/** Retryable: the order may also be not committed yet. */
export const hiddenByRowSecurity: StoreError = rowMissing(
  'Nothing found, but row-level security applies to this database role and may hide orders. ' +
    'Use a role that bypasses it, or set allowRowSecurity if the policies are meant so.',
  true,
);
