import type { StoreError } from '@visanet/cbb-sync';

/** What is told beside kind and message. */
export type StoreErrorDetails = Pick<
  StoreError,
  'cause' | 'sqlState' | 'table' | 'column' | 'constraint' | 'remedy'
>;

function storeError(
  kind: StoreError['kind'],
  text: string,
  retryable: boolean,
  details: StoreErrorDetails = {},
): StoreError {
  const message = `[cbb-postgres] ${details.remedy === undefined ? text : `${text} ${details.remedy}`}`;
  return { kind, message, retryable, ...details };
}

export function unavailable(text: string, details?: StoreErrorDetails): StoreError {
  return storeError('store_unavailable', text, true, details);
}

export function misconfigured(text: string, details?: StoreErrorDetails): StoreError {
  return storeError('store_misconfigured', text, false, details);
}

export function rowMissing(text: string, retryable = false): StoreError {
  return storeError('row_missing', text, retryable);
}

export function differs(
  kind: 'scope_differs' | 'database_differs',
  text: string,
  remedy: string,
): StoreError {
  return storeError(kind, text, false, { remedy });
}
