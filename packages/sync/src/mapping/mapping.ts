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

/**
 * A value that was there but could not be used; never holds the value. Null, undefined and the mapping's sentinels are
 * absent values: they are no problem.
 */
export interface FieldProblem {
  readonly field: string;
  readonly problem:
    | 'not_a_number'
    | 'not_a_boolean'
    /** A text with nothing in it, whatever the type of the field; a `NOT NULL` column often means by it: no value. */
    | 'empty'
    /** An object, a list, a word that the mapping does not know, or no plausible e-mail address. */
    | 'not_text'
    /** More characters than the mapping's `maxTextLength`, or than an e-mail address may have. */
    | 'too_long'
    /** Below the field's `min`, a negative amount, or an integer that is no longer exact. */
    | 'out_of_range'
    /** No date of the calendar, not in ISO 8601, or an instant without a zone. */
    | 'not_a_date'
    /** No code of ISO 4217. */
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

/** A function of the host's mapping threw, or gave what no row holds. Its message may hold anything, so none of it is kept. */
export interface MappingFailure {
  /** The field, or `schema`, `phone`, `eligible`, `name` or `email`. */
  readonly part: string;
  /** Class of what was thrown, e.g. `TypeError`, or what was given, e.g. `gave a Promise`. */
  readonly error: string;
}

/** A row as the schema sees it. */
export type ParsedRow<O> =
  | { readonly ok: true; readonly order: O }
  | {
      readonly ok: false;
      /** What is wrong, by column; never a value. */
      readonly problems: readonly string[];
      /** Set where the schema threw: that says nothing of the row. */
      readonly failure?: MappingFailure;
    };

/** What the values of a mapped field are; money is a text such as `49.50 USD`. */
export type MappedType = 'text' | 'email' | 'number' | 'date' | 'datetime' | 'boolean' | 'money';

/** Everything the sync knows about a host's orders, as plain functions on plain data. Made by `defineMapping`. */
export interface Mapping<O> {
  /** Checks one row of the host's table; the error names fields, never values. */
  parse(row: unknown): ParsedRow<O>;
  orderIdOf(order: O): string;
  /** Property that ranks orders of one phone, e.g. `webhook_received_at`; the store compares. */
  readonly rankColumn: string;
  readonly orderIdColumn: string;
  /**
   * Properties that phone, eligibility and fields are computed from, and those that the schema needs besides: what a
   * store must read and a change trigger must watch.
   */
  readonly watchedColumns: readonly string[];
  /** Names of all mapped custom fields. */
  readonly fieldNames: readonly string[];
  /** Type of each of them, so that the command line can create them; absent where `defineMapping` did not make it. */
  readonly fieldTypes?: Readonly<Record<string, MappedType>>;
  phoneOf(order: O): PhoneInput;
  eligibilityOf(order: O): Eligibility;
  desiredContact(order: O): DesiredContact;
}
