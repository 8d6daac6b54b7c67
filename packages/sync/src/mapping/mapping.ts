import type { FieldValue } from '../ports/contact-gateway.ts';

/** A phone as orders carry it. */
export type PhoneInput =
  | string
  | { readonly code?: string | null; readonly number?: string | null }
  | null
  | undefined;

/** What one order wants of one field: `leave` keeps whatever the contact has. */
export type FieldIntent =
  | { readonly kind: 'set'; readonly value: FieldValue }
  | { readonly kind: 'clear' }
  | { readonly kind: 'leave' };

/** A value that was there but could not be used; never holds the value. */
export interface FieldProblem {
  readonly field: string;
  readonly problem:
    | 'not_text'
    | 'too_long'
    | 'not_a_number'
    | 'out_of_range'
    | 'not_a_date'
    | 'not_a_boolean'
    | 'unknown_currency';
}

/** The contact as one order wants it. */
export interface DesiredContact {
  readonly name?: string;
  readonly email?: string;
  readonly fields: Readonly<Record<string, FieldIntent>>;
  readonly problems: readonly FieldProblem[];
}

export type Eligibility = { readonly eligible: true } | { readonly eligible: false; readonly reason: string };

/** Everything the sync knows about a host's orders, as plain functions on plain data. Made by `defineMapping`. */
export interface Mapping<O> {
  /** Checks one row of the host's table; the error names fields, never values. */
  parse(
    row: unknown,
  ): { readonly ok: true; readonly order: O } | { readonly ok: false; readonly problems: readonly string[] };
  orderIdOf(order: O): string;
  /** Property that ranks orders of one phone, e.g. `webhook_received_at`; the store compares. */
  readonly rankColumn: string;
  readonly orderIdColumn: string;
  /** Properties that phone, eligibility and fields are computed from: what a change trigger must watch. */
  readonly watchedColumns: readonly string[];
  /** Names of all mapped custom fields. */
  readonly fieldNames: readonly string[];
  phoneOf(order: O): PhoneInput;
  eligibilityOf(order: O): Eligibility;
  desiredContact(order: O): DesiredContact;
}
