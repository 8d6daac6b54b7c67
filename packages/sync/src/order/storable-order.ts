import { cleanText } from '../mapping/clean-text.ts';
import type { PhoneInput } from '../mapping/mapping.ts';
import { readDate } from '../mapping/read-date.ts';
import { readNumber } from '../mapping/read-number.ts';
import type { Reading } from '../mapping/reading.ts';
import { normalizePhone } from '../phone/normalize-phone.ts';
import type { ViziOrder } from './vizi-order.ts';
import type { ViziV11Order } from './vizi-v11-order.ts';

/**
 * A Vizi order as the `orders` table takes it, the plan's or the later one: no value fails the insert, and what is missing or unusable in a
 * `NOT NULL` column is an empty text. The mapping reads that as missing, too, and each sync that applies the order tells
 * a `field-unusable` event with the problem `empty`: by then nobody can say whether the value was absent or unusable.
 */
export interface StorableViziOrder extends ViziV11Order {
  readonly form_id: string;
  readonly branch: string;
  readonly domain: string;
  readonly payment_processor: string;
  readonly payment_id: string;
  /** 0, with an empty currency, where amount or currency is unusable. */
  readonly amount: number | string;
  readonly currency: string;
  readonly order_status: string;
  readonly client_name: string;
  readonly client_email: string;
  readonly client_phone: string;
  readonly whatsapp_alerts_enabled: boolean;
  readonly product_name: string;
  readonly product_country: string;
  readonly visa_quantity: number | null;
  /** `YYYY-MM-DD`, or null: a database would guess what `03/04/2026` means. */
  readonly entry_date: string | null;
  readonly processing_days: number | null;
}

const phoneWidth = 20;
// The column is numeric(10,2).
const amountLimit = 100_000_000;
const currencyWidth = 3;

/** Fits an order to the `orders` table. Keep the raw payload: what does not fit is dropped, never cut or guessed. */
export function storableViziOrder(order: ViziV11Order): StorableViziOrder {
  return {
    ...order,
    form_id: textWithin(order.form_id, 50),
    branch: textWithin(order.branch, 10),
    domain: textWithin(order.domain),
    payment_processor: textWithin(order.payment_processor, 20),
    payment_id: textWithin(order.payment_id),
    ...storableMoney(order),
    order_status: textWithin(order.order_status, 20),
    client_name: textWithin(order.client_name),
    client_email: textWithin(order.client_email),
    client_phone: storablePhone(order.client_phone),
    whatsapp_alerts_enabled: order.whatsapp_alerts_enabled ?? false,
    product_name: textWithin(order.product_name),
    product_country: textWithin(order.product_country, 20),
    product_doc_type: textWithin(order.product_doc_type, 50) || null,
    product_doc_name: textWithin(order.product_doc_name) || null,
    visa_quantity: storableInteger(order.visa_quantity),
    entry_date: valueIn(readDate(order.entry_date)),
    entry_port: textWithin(order.entry_port) || null,
    urgency: textWithin(order.urgency, 20) || null,
    file_transfer_method: textWithin(order.file_transfer_method, 20) || null,
    product_intent: textWithin(order.product_intent) || null,
    product_entries: textWithin(order.product_entries) || null,
    product_validity: textWithin(order.product_validity) || null,
    product_country_flag: textWithin(order.product_country_flag) || null,
    product_data: storableProduct(order.product_data),
    processing_days: storableInteger(order.processing_days),
  };
}

/**
 * The phone for a column `varchar(20) NOT NULL`: the normalised digits, or else what was given, cut to the width, so
 * that a person can still see it. Never a placeholder.
 */
export function storablePhone(input: PhoneInput): string {
  const raw = typeof input === 'string' ? input : `${input?.code ?? ''} ${input?.number ?? ''}`;
  return normalizePhone(input).unwrapOr([...cleanText(raw)].slice(0, phoneWidth).join('').trim());
}

function textWithin(text: string | null, width = Number.POSITIVE_INFINITY): string {
  const clean = cleanText(text ?? '');
  return [...clean].length > width ? '' : clean;
}

function storableMoney({ amount, currency }: ViziOrder): Pick<StorableViziOrder, 'amount' | 'currency'> {
  const number = valueIn(readNumber(amount, -amountLimit));
  const code = textWithin(currency, currencyWidth);
  // Half a cent below the limit already rounds up to it.
  if (amount === null || number === null || Math.abs(number) > amountLimit - 1 || code === '') {
    return { amount: 0, currency: '' };
  }
  return { amount, currency: code };
}

function storableInteger(quantity: number | string | null): number | null {
  const number = valueIn(readNumber(quantity, -0x8000_0000));
  return number !== null && Number.isInteger(number) && number <= 0x7fff_ffff ? number : null;
}

/** Words, numbers and flags: what else a form may hold there, the sync does not read, and a database may refuse. */
function storableProduct(product: ViziV11Order['product_data']): Record<string, unknown> | null {
  if (product === null) return null;
  const flat = Object.entries(product).filter(([, value]) => typeof value !== 'object' || value === null);
  return Object.fromEntries(
    flat.map(([name, value]) => [name, typeof value === 'string' ? textWithin(value) : value]),
  );
}

function valueIn<V extends string | number>(reading: Reading<V>): V | null {
  return reading.kind === 'value' ? reading.value : null;
}
