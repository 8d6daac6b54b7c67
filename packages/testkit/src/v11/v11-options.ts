import type { CustomFieldType } from '../contract/world.ts';

/** A custom field that the simulated account has from the start. */
export interface CustomFieldOption {
  readonly name: string;
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
  { name: 'name', type: 0 },
  { name: 'email', type: 0 },
  { name: 'visa_country', type: 0 },
  { name: 'visa_type', type: 0 },
  { name: 'visa_quantity', type: 1 },
  { name: 'urgency', type: 0 },
  { name: 'total_paid', type: 0 },
  { name: 'order_id', type: 0 },
  { name: 'entry_date', type: 2 },
  { name: 'branch', type: 0 },
  { name: 'form_id', type: 0 },
  { name: 'order_date', type: 3 },
  { name: 'customer_name', type: 0 },
  { name: 'OrderNumber', type: 0 },
  { name: 'intent', type: 0 },
  { name: 'entries', type: 0 },
  { name: 'validity', type: 0 },
  { name: 'flag', type: 0 },
  { name: 'stay_limit', type: 0 },
  { name: 'order_days', type: 1 },
  { name: 'order_sum', type: 1 },
  { name: 'order_date_time', type: 3 },
  { name: 'order_urgent', type: 4 },
  { name: 'wa_alerts', type: 4 },
];
