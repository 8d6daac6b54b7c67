import type { FieldValue } from '../ports/contact-gateway.ts';
import type { Eligibility } from './mapping.ts';
import type { StandardSchema } from './standard-schema.ts';

type NamedKey<K extends PropertyKey> = string extends K ? never : K extends string ? K : never;
type NamedColumn<O> = keyof { [K in keyof O as NamedKey<K>]: O[K] };

/** The named properties of an order; any name where the order's type names none. */
export type Column<O> = [NamedColumn<O>] extends [never] ? string : NamedColumn<O> & string;

interface FieldBase {
  /**
   * What a missing value does to the contact's field.
   *
   * @default 'clear'
   */
  readonly missing?: 'clear' | 'leave';
  /** Written where the value is missing or unusable. By default nothing is invented. */
  readonly default?: FieldValue;
}

interface ColumnField<O> extends FieldBase {
  /** The column, or all columns that `value` reads: a change of any of them syncs the order again. */
  readonly from: Column<O> | readonly Column<O>[];
  /** Computes the value; pure. Where it throws, the order fails as `mapping_failed` and the contact stays as it is. */
  readonly value?: (order: O) => unknown;
}

export interface TextField<O> extends ColumnField<O> {
  /** `email` is text that must look like an address. */
  readonly type: 'text' | 'email';
}

export interface NumberField<O> extends ColumnField<O> {
  readonly type: 'number';
  /** Smallest usable number; a smaller one counts as missing. */
  readonly min?: number;
}

export interface PlainField<O> extends ColumnField<O> {
  /**
   * `date`: a calendar date `YYYY-MM-DD`, never an instant; a `Date`, as a Postgres driver makes it of a `date` column,
   * counts by its local calendar day. `datetime`: a `Date` or an ISO text with its zone, written in UTC to the second.
   */
  readonly type: 'date' | 'datetime' | 'boolean';
}

/** Text such as `150.00 GBP`, with the decimals of the currency. */
export interface MoneyField<O> extends FieldBase {
  readonly type: 'money';
  readonly from: { readonly amount: Column<O>; readonly currency: Column<O> };
}

export type FieldDefinition<O> = TextField<O> | NumberField<O> | PlainField<O> | MoneyField<O>;

/** Which orders are synced. */
export interface EligibilityRule<O> {
  /** Columns that `decide` reads. */
  readonly from: readonly Column<O>[];
  /** Pure; may not throw. The reason is a fixed word without customer data; it is stored. */
  readonly decide: (order: O) => Eligibility;
}

export interface MappingDefinition<O> {
  /** Checks and types one order row. */
  readonly schema: StandardSchema<O>;
  readonly orderId: Column<NoInfer<O>>;
  /** A phone in one text, or an object `{ code, number }`. */
  readonly phone: Column<NoInfer<O>>;
  /** Column whose order says which order of a phone is the newest. */
  readonly rank: Column<NoInfer<O>>;
  /** The contact's own name, set when it is created. */
  readonly name?: Column<NoInfer<O>>;
  /** The contact's own e-mail address, set when it is created. */
  readonly email?: Column<NoInfer<O>>;
  /**
   * Which orders are synced.
   *
   * @default all
   */
  readonly eligible?: EligibilityRule<NoInfer<O>>;
  /** Custom fields by their name in the contact service. */
  readonly fields: Readonly<Record<string, FieldDefinition<NoInfer<O>>>>;
  /**
   * Longest text in characters; a longer one counts as missing.
   *
   * @default 255
   */
  readonly maxTextLength?: number;
  /**
   * Texts that stand for a missing value, in any case.
   *
   * @default ['unknown', 'unknown@example.com', '0000000000']
   */
  readonly sentinels?: readonly string[];
  /**
   * `value` and `decide` see the columns that their `from` names, and fail the order where they read another.
   *
   * @default true
   */
  readonly strict?: boolean;
}
