import type { CbbError } from '@visanet/cbb-client';
import type { QueueError } from '@visanet/cbb-queue';
import type { StoreError } from '@visanet/cbb-sync';

/** The environment, or the host's own options, cannot be used. */
export interface InvalidConfigurationError {
  readonly kind: 'invalid_configuration';
  readonly message: string;
  readonly retryable: false;
  /** One sentence per problem; names settings, never values. */
  readonly problems: readonly string[];
}

/** The service rejects the key, or the key belongs to another account than `CBB_ACCOUNT_ID` says. */
export interface KeyRejectedError {
  readonly kind: 'key_rejected';
  readonly message: string;
  readonly retryable: false;
}

/** No answer of the service that tells contract and account. */
export interface ServiceUnavailableError {
  readonly kind: 'service_unavailable';
  readonly cause: CbbError['kind'];
  readonly message: string;
  readonly retryable: true;
  readonly retryAfterMs?: number;
}

/** The service answers, but neither as plan nor as v1.1. */
export interface ServiceUnknownError {
  readonly kind: 'service_unknown';
  readonly cause: CbbError['kind'];
  readonly message: string;
  readonly retryable: false;
}

/** The account has no custom fields of these names, which the mapping writes. */
export interface UnknownFieldsError {
  readonly kind: 'unknown_fields';
  readonly fields: readonly string[];
  readonly message: string;
  readonly retryable: false;
}

/** The store refused its start, or could not be asked; or its ledger is that of another account: `scope_differs`. */
export interface StoreFailedError {
  readonly kind: 'store_failed';
  readonly cause: StoreError['kind'];
  readonly message: string;
  readonly retryable: boolean;
  /** What a person can do about it. */
  readonly remedy?: string;
}

/** The caller's signal, `stop` or `close` ended the wait. */
export interface AbortedError {
  readonly kind: 'aborted';
  readonly message: string;
  readonly retryable: true;
}

/** Everything that the composition can fail with, told apart by `kind`. Free of keys, URLs and customer data. */
export type HostError =
  | InvalidConfigurationError
  | KeyRejectedError
  | ServiceUnavailableError
  | ServiceUnknownError
  | UnknownFieldsError
  | StoreFailedError
  | AbortedError
  | QueueError;

export type HostErrorKind = HostError['kind'];

export function invalidConfiguration(problems: readonly string[]): InvalidConfigurationError {
  return {
    kind: 'invalid_configuration',
    message: `[cbb-host] The configuration cannot be used: ${problems.join('; ')}.`,
    retryable: false,
    problems,
  };
}

export const syncsNothing: HostError = invalidConfiguration([
  'offline: this process syncs nothing; leave the option out where orders are worked',
]);

export function unknownContract(contract: string): StoreFailedError {
  const remedy = 'Update these packages, or look who wrote it.';
  return {
    kind: 'store_failed',
    cause: 'store_misconfigured',
    message: `[cbb-host] The database keeps a contract that this version does not know: ${contract}. ${remedy}`,
    retryable: false,
    remedy,
  };
}

export const aborted: AbortedError = {
  kind: 'aborted',
  message: '[cbb-host] Ended before contract and account were known.',
  retryable: true,
};

/** Of `runDue`, whose budget ends before anything could be worked. */
export const databaseSilent: StoreFailedError = {
  kind: 'store_failed',
  cause: 'store_unavailable',
  message: '[cbb-host] The database had not answered when the budget ended.',
  retryable: true,
  remedy: 'check DATABASE_URL and the network',
};

export const serviceSilent: ServiceUnavailableError = {
  kind: 'service_unavailable',
  cause: 'timeout',
  message: '[cbb-host] The service had not proven contract and account when the budget ended.',
  retryable: true,
};

export const closed: QueueError = {
  kind: 'closed',
  message: '[cbb-host] The sync is closed. Create a new one.',
  retryable: false,
};

export function storeFailed({ kind, message, retryable, remedy }: StoreError): StoreFailedError {
  const more = remedy === undefined ? {} : { remedy };
  return { kind: 'store_failed', cause: kind, message, retryable, ...more };
}

/** Of a call that should have told contract and account. */
export function serviceFailed(error: CbbError): HostError {
  const { kind, retryAfterMs } = error;
  // One package's name before a message is enough.
  const message = error.message.replace(/^\[[\w-]+\] /, '');
  if (kind === 'aborted') return aborted;
  if (kind === 'unauthorized') {
    return { kind: 'key_rejected', message: `[cbb-host] ${message}. Check CBB_API_KEY.`, retryable: false };
  }
  if (!error.retryable) {
    return {
      kind: 'service_unknown',
      cause: kind,
      message: `[cbb-host] ${message}. Check CBB_API_URL, and set CBB_API_CONTRACT to plan or v1.1.`,
      retryable: false,
    };
  }
  return {
    kind: 'service_unavailable',
    cause: kind,
    message: `[cbb-host] The service did not tell contract and account: ${message}.`,
    retryable: true,
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  };
}

export function unknownFields(fields: readonly string[]): UnknownFieldsError {
  return {
    kind: 'unknown_fields',
    fields,
    message: `[cbb-host] The account has no custom field named ${fields.join(', ')}. Create them (cbb doctor --create-fields), or correct the mapping.`,
    retryable: false,
  };
}

/** Account ids are no secrets: without both nobody could tell which one is wrong. */
export function differentAccount(expected: string, found: string): KeyRejectedError {
  return {
    kind: 'key_rejected',
    message: `[cbb-host] The key belongs to account ${found}, but CBB_ACCOUNT_ID is ${expected}. Change one of them.`,
    retryable: false,
  };
}
