import * as z from 'zod';
import { flag, numeric, text, type ViziOrder, viziOrderColumns } from './vizi-order.ts';

/** The columns of an order that the sync reads, as the `orders` table had them later; what it no longer has is null. */
export interface ViziV11Order extends ViziOrder {
  readonly product_intent: string | null;
  readonly product_entries: string | null;
  readonly product_validity: string | null;
  readonly product_country_flag: string | null;
  /** The product as the form offered it; `urgency` and `stay_limit` are read. */
  readonly product_data: Readonly<Record<string, unknown>> | null;
  readonly processing_days: number | string | null;
  readonly is_urgent: boolean | null;
}

/** As `viziOrderSchema`, with the columns of the later table. */
export const viziV11OrderSchema: z.ZodType<ViziV11Order> = z.looseObject({
  ...viziOrderColumns,
  product_intent: text,
  product_entries: text,
  product_validity: text,
  product_country_flag: text,
  product_data: z.record(z.string(), z.unknown()).nullable().catch(null),
  processing_days: numeric,
  is_urgent: flag,
});
