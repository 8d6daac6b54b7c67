import type { ResultAsync } from 'neverthrow';

/** What a custom field can hold. Dates are `YYYY-MM-DD`, instants ISO 8601 in UTC. */
export type FieldValue = string | number | boolean;

/** `unknown` is never read as `no`. */
export type WhatsAppAnswer = 'yes' | 'no' | 'unknown';

/** A contact as the service holds it; field values in the encoding in which they are written. */
export interface GatewayContact {
  /** Phone number in digits. */
  readonly id: string;
  readonly name: string | null;
  readonly email: string | null;
  readonly whatsApp: WhatsAppAnswer;
  readonly fields: Readonly<Record<string, FieldValue | null>>;
}

export interface NewContact {
  /** Phone number in digits; becomes the contact's id. */
  readonly phone: string;
  readonly name?: string;
  readonly email?: string;
  readonly fields: Readonly<Record<string, FieldValue>>;
}

export interface FieldChanges {
  readonly set: Readonly<Record<string, FieldValue>>;
  /** Names of fields to empty. */
  readonly clear: readonly string[];
}

/** The answer to a write that was acknowledged whole. */
export interface WriteAnswer {
  /** What the answer itself said of WhatsApp; `unknown` where it said nothing. */
  readonly whatsApp: WhatsAppAnswer;
}

export interface EraseAnswer {
  /** `cleared`: the mapped fields are empty but the contact stands, because the API has no delete. */
  readonly kind: 'deleted' | 'cleared' | 'absent';
  /** What a person must still remove by hand, in words without values, e.g. `name`, `email`, `phone`. */
  readonly remaining: readonly string[];
}

export interface CallOptions {
  readonly signal?: AbortSignal;
  /** The whole call, waits and retries included, ends within this time. */
  readonly deadlineMs?: number;
  /** A longer wait for a rate limit or an open circuit is not waited out: the error carries `retryAfterMs`. */
  readonly maxWaitMs?: number;
}

export type GatewayErrorKind =
  | 'network'
  | 'timeout'
  | 'aborted'
  | 'unauthorized'
  | 'not_found'
  | 'conflict'
  | 'invalid_request'
  | 'rate_limited'
  | 'unavailable'
  | 'circuit_open'
  | 'unexpected_body'
  | 'partial_write';

export interface GatewayError {
  readonly kind: GatewayErrorKind;
  /** Free of keys and customer data. */
  readonly message: string;
  /** Whether the same call can succeed later. */
  readonly retryable: boolean;
  /** Earliest useful time of the next try, from now. */
  readonly retryAfterMs?: number;
  /** `unknown`: the write may have happened although no answer proved it. */
  readonly effect: 'none' | 'unknown';
  /**
   * Of a `partial_write`: the fields that were not acknowledged; all others of the call were. Of an `invalid_request`:
   * those for which it was refused, where that is known.
   */
  readonly missingFields?: readonly string[];
  /** Of a `partial_write` of several requests: the kind of error that ended it. */
  readonly stoppedBy?: GatewayErrorKind;
}

export interface GatewayCapabilities {
  /** A create for a phone that exists is answered with `conflict`, so that create may come before find. */
  readonly conflictOnCreate: boolean;
  /** `checkWhatsApp` can answer yes or no. Where false, an unknown answer is final. */
  readonly checksWhatsApp: boolean;
  /** An update of many fields is one request; else each field costs one. */
  readonly updatesInOneRequest: boolean;
}

/** The engine's only way to the contact service. Never reports success for a field that was not acknowledged. */
export interface ContactGateway {
  readonly capabilities: GatewayCapabilities;
  find(phone: string, options?: CallOptions): ResultAsync<GatewayContact | null, GatewayError>;
  /** Never repeated by the gateway itself: the engine looks before it creates again. */
  create(contact: NewContact, options?: CallOptions): ResultAsync<WriteAnswer, GatewayError>;
  update(phone: string, changes: FieldChanges, options?: CallOptions): ResultAsync<WriteAnswer, GatewayError>;
  checkWhatsApp(phone: string, options?: CallOptions): ResultAsync<WhatsAppAnswer, GatewayError>;
  /** Removes the contact as far as the API allows; `fields` are the names to clear where it cannot delete. */
  erase(
    phone: string,
    fields: readonly string[],
    options?: CallOptions,
  ): ResultAsync<EraseAnswer, GatewayError>;
}
