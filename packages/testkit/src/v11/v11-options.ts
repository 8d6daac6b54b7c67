import type { CustomFieldType } from '../contract/field-types.ts';

/** A custom field that the simulated account has from the start. */
export interface CustomFieldOption {
  readonly name: string;
  /** A word of the client's: `text`, `number`, `date`, `datetime`, `boolean`, `long_text`, `select`, `multi_select`. */
  readonly type: CustomFieldType;
  /** Allowed values of a select. */
  readonly options?: readonly string[];
}

/** How the simulated v1.1 behaves where the documentation is silent or the live service was seen to differ. */
export interface V11Options {
  /** v1.1: the account's custom fields. @default those of the two presets for Vizi's orders, typed */
  readonly customFields?: readonly CustomFieldOption[];
  /** v1.1: what `POST /contacts` does for a phone that exists: its actions, nothing, or a refusal. @default 'upsert' */
  readonly existingPhone?: 'upsert' | 'ignored' | 'refused';
  /** v1.1: `send_content` carries out its actions; else it answers success all the same. @default true */
  readonly contentActions?: boolean;
  /** v1.1: how an unknown contact is answered: as a contact with an empty phone, or refused. @default 'empty' */
  readonly unknownContact?: 'empty' | 'refused';
  /** v1.1: refusals come with status 200 and are told by the body alone. @default true */
  readonly errorsInBody?: boolean;
  /** v1.1: label of JSON; `varied` draws one of the two for each answer. @default 'varied' */
  readonly jsonLabel?: 'application/json' | 'text/html' | 'varied';
  /** v1.1: the fields −12 (email) and −8 (phone) can be written; else a write is swallowed. @default false */
  readonly systemFieldsWritable?: boolean;
  /** v1.1: a custom field of a name that exists is created once more; else the request is refused. @default false */
  readonly duplicateFieldNames?: boolean;
  /** v1.1: the list of custom fields tells the options of a select. @default true */
  readonly fieldOptionsTold?: boolean;
}

export type V11Settings = Required<V11Options>;

/** The fields that the presets for Vizi's orders write, with the type that suits each. */
export const PRESET_FIELDS: readonly CustomFieldOption[] = [
  { name: 'name', type: 'text' },
  { name: 'email', type: 'text' },
  { name: 'visa_country', type: 'text' },
  { name: 'visa_type', type: 'text' },
  { name: 'visa_quantity', type: 'number' },
  { name: 'urgency', type: 'text' },
  { name: 'total_paid', type: 'text' },
  { name: 'order_id', type: 'text' },
  { name: 'entry_date', type: 'date' },
  { name: 'branch', type: 'text' },
  { name: 'form_id', type: 'text' },
  { name: 'order_date', type: 'datetime' },
  { name: 'customer_name', type: 'text' },
  { name: 'OrderNumber', type: 'text' },
  { name: 'intent', type: 'text' },
  { name: 'entries', type: 'text' },
  { name: 'validity', type: 'text' },
  { name: 'flag', type: 'text' },
  { name: 'stay_limit', type: 'text' },
  { name: 'order_days', type: 'number' },
  { name: 'order_sum', type: 'number' },
  { name: 'order_date_time', type: 'datetime' },
  { name: 'order_urgent', type: 'boolean' },
  { name: 'wa_alerts', type: 'boolean' },
];
