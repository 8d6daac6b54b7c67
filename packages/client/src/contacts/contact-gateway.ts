import type { CbbCall } from '../call/cbb-call.ts';
import type { CallOptions } from '../resilience/call-options.ts';

/** What a custom field can hold. */
export type FieldValue = string | number | boolean;

/** `unknown` is never read as `no`. */
export type WhatsAppAnswer = 'yes' | 'no' | 'unknown';

export interface Contact {
  /** Phone number in digits. */
  readonly id: string;
  readonly name: string | null;
  readonly email: string | null;
  readonly whatsApp: WhatsAppAnswer;
  readonly fields: Readonly<Record<string, FieldValue | null>>;
  /** ISO 8601 in UTC; null where the service does not tell it. */
  readonly createdAt: string | null;
  /** ISO 8601 in UTC; null where the service does not tell it: v1.1 never does. */
  readonly updatedAt: string | null;
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

/** What the service answered to an update that was acknowledged whole: of the contact, as much as it told. */
export interface UpdateAnswer extends Partial<Contact> {
  readonly id: string;
  /** `unknown` where the answer said nothing. */
  readonly whatsApp: WhatsAppAnswer;
}

export interface EraseAnswer {
  /** `cleared`: the fields are empty but the contact stands, because the API has no delete. */
  readonly kind: 'deleted' | 'cleared' | 'absent';
  /** What a person must still remove by hand: `name`, `email`, `phone`. */
  readonly remaining: readonly string[];
}

export interface Capabilities {
  /** A create for a phone that exists is answered with `conflict`. */
  readonly conflictOnCreate: boolean;
  /** `checkWhatsApp` can answer yes or no. */
  readonly checksWhatsApp: boolean;
  /** An update of many fields is one request; else each field costs one. */
  readonly updatesInOneRequest: boolean;
}

/** Contacts by phone number, the same for every contract. Success means that every field was acknowledged. */
export interface ContactGateway {
  readonly capabilities: Capabilities;
  /** Null: there is no such contact. */
  find(phone: string, options?: CallOptions): CbbCall<Contact | null>;
  /** The contact that was made. Never repeated: after an `unknown` effect look the contact up before creating again. */
  create(contact: NewContact, options?: CallOptions): CbbCall<Contact>;
  /** Merges; fields that are not named stay as they are. */
  update(phone: string, changes: FieldChanges, options?: CallOptions): CbbCall<UpdateAnswer>;
  checkWhatsApp(phone: string, options?: CallOptions): CbbCall<WhatsAppAnswer>;
  /** Removes the contact as far as the API allows; `fields` are the names to clear where it cannot delete. */
  erase(phone: string, fields: readonly string[], options?: CallOptions): CbbCall<EraseAnswer>;
}
