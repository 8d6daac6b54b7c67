import * as z from 'zod';
import type { PhoneInput } from '../mapping/mapping.ts';
import { readBoolean } from '../mapping/read-boolean.ts';

/** The columns of an order that the sync reads, as the `orders` table had them when the flow was planned. */
export interface ViziOrder {
  readonly order_id: string;
  readonly form_id: string | null;
  /** In lower case. */
  readonly branch: string | null;
  readonly domain: string | null;
  readonly payment_processor: string | null;
  readonly payment_id: string | null;
  /** In major units; drivers return `numeric` as text. */
  readonly amount: number | string | null;
  readonly currency: string | null;
  readonly order_status: string | null;
  readonly client_name: string | null;
  readonly client_email: string | null;
  readonly client_phone: PhoneInput;
  readonly whatsapp_alerts_enabled: boolean | null;
  readonly product_name: string | null;
  readonly product_country: string | null;
  readonly product_doc_type: string | null;
  readonly product_doc_name: string | null;
  readonly visa_quantity: number | string | null;
  /** A calendar date. */
  readonly entry_date: string | Date | null;
  readonly entry_port: string | null;
  readonly urgency: string | null;
  readonly file_transfer_method: string | null;
  /** Ranks the orders of one phone. */
  readonly webhook_received_at: string | Date | null;
}

const anything = z.unknown().optional();
export const text = anything.transform(textOf);
export const numeric = anything.transform((raw) => (typeof raw === 'number' ? raw : textOf(raw)));
const moment = anything.transform((raw) => (raw instanceof Date ? raw : textOf(raw)));
export const flag = anything.transform((raw) => {
  const read = readBoolean(raw);
  return read.kind === 'value' ? read.value : null;
});
const phone = anything.transform((raw): PhoneInput => {
  if (typeof raw !== 'object' || raw === null) return textOf(raw);
  return { code: textOf(Reflect.get(raw, 'code')), number: textOf(Reflect.get(raw, 'number')) };
});

/** The columns, for schemas of tables that have more. */
export const viziOrderColumns = {
  order_id: z.string().min(1),
  form_id: text,
  branch: text.transform((branch) => branch?.toLowerCase() ?? null),
  domain: text,
  payment_processor: text,
  payment_id: text,
  amount: numeric,
  currency: text,
  order_status: text,
  client_name: text,
  client_email: text,
  client_phone: phone,
  whatsapp_alerts_enabled: flag,
  product_name: text,
  product_country: text,
  product_doc_type: text,
  product_doc_name: text,
  visa_quantity: numeric,
  entry_date: moment,
  entry_port: text,
  urgency: text,
  file_transfer_method: text,
  webhook_received_at: moment,
} as const;

/**
 * An order row, read tolerantly: only the order id is required. Unknown columns and unknown words of an enumeration
 * are kept, columns that are missing or of a foreign type are null.
 */
export const viziOrderSchema: z.ZodType<ViziOrder> = z.looseObject(viziOrderColumns);

function textOf(raw: unknown): string | null {
  if (typeof raw === 'string') return raw;
  return typeof raw === 'number' || typeof raw === 'bigint' ? String(raw) : null;
}
