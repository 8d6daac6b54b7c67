import type { StoreError } from '@visanet/cbb-sync';
import { readDriverError } from './driver-error.ts';
import { missingNames } from './missing-names.ts';
import { misconfigured, unavailable } from './store-errors.ts';
import { verdictOf } from './verdicts.ts';

/** A lock was taken in another order by someone else; the whole statement can be run again. */
export function isLockConflict(error: unknown): boolean {
  const { sqlState } = readDriverError(error);
  return sqlState === '40P01' || sqlState === '40001';
}

/** Takes nothing of the driver's words but names of tables and columns: they may hold values of a row. */
export function classifyError(error: unknown): StoreError {
  const { sqlState, code, words, names: told } = readDriverError(error);
  const { cause, passes, text, remedy } = verdictOf({ sqlState, code, words });
  const names = { ...missingNames(words), ...told };
  const named = [names.column, names.constraint, names.table].filter((name) => name !== undefined);
  const codes = sqlState === null ? (code ?? '') : `SQLSTATE ${sqlState}`;
  const said = [
    text,
    named.length === 0 ? '' : `: ${named.join(' of ')}`,
    codes === '' ? '.' : ` (${codes}).`,
  ].join('');
  const details = { cause, remedy, ...names, ...(sqlState === null ? {} : { sqlState }) };
  return passes ? unavailable(said, details) : misconfigured(said, details);
}
