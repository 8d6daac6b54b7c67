import type { FieldValue } from '../ports/contact-gateway.ts';
import type { Eligibility, PhoneInput } from './mapping.ts';
import type { StandardSchema } from './standard-schema.ts';

type NamedKey<K extends PropertyKey> = string extends K ? never : K extends string ? K : never;
type NamedColumn<O> = keyof { [K in keyof O as NamedKey<K>]: O[K] };

/** The named properties of an order; any name where the order's type names none. */
export type Column<O> = [NamedColumn<O>] extends [never] ? string : NamedColumn<O> & string;

/** An order as a function sees it that reads these columns: with them alone. */
export type Columns<O, C extends string> = Pick<O, C & keyof O>;

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

interface ColumnField<O, C extends string> extends FieldBase {
  /** The column, or all columns that `value` reads: a change of any of them syncs the order again. */
  readonly from: C | readonly C[];
  /** Computes the value; pure. Where it throws, the order fails as `mapping_failed` and the contact stays as it is. */
  readonly value?: (order: Columns<O, C>) => unknown;
}

export interface TextField<O, C extends string = Column<O>> extends ColumnField<O, C> {
  /** `email` is text that must look like an address. */
  readonly type: 'text' | 'email';
}

export interface NumberField<O, C extends string = Column<O>> extends ColumnField<O, C> {
  readonly type: 'number';
  /** Smallest usable number; a smaller one counts as missing. */
  readonly min?: number;
}

export interface PlainField<O, C extends string = Column<O>> extends ColumnField<O, C> {
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
  /**
   * What the amount counts: `minor` units are cents, pence, or whole yen, as ISO 4217 has them, and must be a whole
   * number of them.
   *
   * @default 'major'
   */
  readonly unit?: 'major' | 'minor';
}

/** `C` are the columns that it reads. */
export type FieldDefinition<O, C extends string = Column<O>> =
  | TextField<O, C>
  | NumberField<O, C>
  | PlainField<O, C>
  | MoneyField<O>;

/** Which orders are synced. */
export interface EligibilityRule<O, C extends string = Column<O>> {
  /** Columns that `decide` reads. */
  readonly from: readonly C[];
  /** Pure; may not throw. The reason is a fixed word without customer data; it is stored. */
  readonly decide: (order: Columns<O, C>) => Eligibility;
}

/** A phone that stands in several columns, or in one that says nothing of the country. */
export interface PhoneRule<O, C extends string = Column<O>> {
  /** The column, or all columns that `value` reads. */
  readonly from: C | readonly C[];
  /** Pure; may not throw. A number with `+` or `00` before it stays what it is, whatever `code` says. */
  readonly value: (order: Columns<O, C>) => PhoneInput;
}

/** The type parameters after the first are the columns that rule, phone and each field read: `defineMapping` infers them. */
export interface MappingDefinition<
  O,
  E extends string = Column<O>,
  P extends string = Column<O>,
  F extends Readonly<Record<string, string>> = Readonly<Record<string, Column<O>>>,
> {
  /** Checks and types one order row. */
  readonly schema: StandardSchema<O>;
  /**
   * Columns that only the schema needs: they are read with the others, and a change of them syncs the order again.
   *
   * @default those that it requires of every row, as it answers when it is given an empty one
   */
  readonly columns?: readonly Column<NoInfer<O>>[];
  readonly orderId: Column<NoInfer<O>>;
  /** A column with the phone in one text, or as an object `{ code, number }`; or how to put it together. */
  readonly phone: Column<NoInfer<O>> | PhoneRule<NoInfer<O>, P>;
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
  readonly eligible?: EligibilityRule<NoInfer<O>, E>;
  /** Custom fields by their name in the contact service. */
  readonly fields: { readonly [K in keyof F]: FieldDefinition<NoInfer<O>, F[K]> };
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
