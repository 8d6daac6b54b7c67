import type { StoreError } from '@visanet/cbb-sync';

/** Conditions that pass: connections, resources, locks, time limits, shut-down, a standby that is not writable. */
const passing = /^(08|53|57|58|XX|40)|^(55P03|55006|25006)$/;

const hints: Readonly<Record<string, string>> = {
  '28P01': 'The database refused the user or the password.',
  '42501': 'The database role lacks a permission, or a row-level-security rule refused the write.',
  '42703': 'A column is missing. Run the migrations, and check the configured column names.',
  '42P01': 'A table is missing. Run the migrations, and check the configured table names.',
  '23514': 'A check constraint of the orders table refused a value. Run the migrations.',
  P0001: 'A trigger of the orders table raised an exception (see prevent_duplicate_orders in the README).',
};

/** Five characters of class and condition; node's own codes (`ECONNREFUSED`) are longer. */
function sqlStateOf(error: unknown): string | null {
  if (typeof error !== 'object' || error === null) return null;
  const code: unknown = Reflect.get(error, 'code');
  return typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code) ? code : null;
}

/** A lock was taken in another order by someone else; the whole statement can be run again. */
export function isLockConflict(error: unknown): boolean {
  const state = sqlStateOf(error);
  return state === '40P01' || state === '40001';
}

/** Takes nothing from the driver's message: it may hold values of a row. */
export function classifyError(error: unknown): StoreError {
  const state = sqlStateOf(error);
  if (state === null) {
    return unavailable('The database did not answer.');
  }
  if (passing.test(state)) return unavailable(`The database could not do it now (SQLSTATE ${state}).`);
  return misconfigured(`${hints[state] ?? 'The database refused a statement.'} (SQLSTATE ${state})`);
}

function unavailable(text: string): StoreError {
  return { kind: 'store_unavailable', message: `[cbb-postgres] ${text}`, retryable: true };
}

export function misconfigured(text: string): StoreError {
  return { kind: 'store_misconfigured', message: `[cbb-postgres] ${text}`, retryable: false };
}

export function rowMissing(text: string, retryable = false): StoreError {
  return { kind: 'row_missing', message: `[cbb-postgres] ${text}`, retryable };
}

export function rowInvalid(problems: readonly string[]): StoreError {
  const message = `[cbb-postgres] An order does not fit the mapping: ${problems.join(', ')}`;
  return { kind: 'row_invalid', message, retryable: false };
}
