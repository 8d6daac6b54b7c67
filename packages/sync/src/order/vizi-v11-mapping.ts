import { columnValue } from '../mapping/column-value.ts';
import { defineMapping } from '../mapping/define-mapping.ts';
import type { EligibilityRule, MappingDefinition } from '../mapping/definition.ts';
import type { Mapping } from '../mapping/mapping.ts';
import { type ViziV11Order, viziV11OrderSchema } from './vizi-v11-order.ts';
import { entries, intents, isUrgent, knownWord, validities } from './vizi-words.ts';

/** All but test orders: whether a customer wants alerts is a field of the contact. */
const allButTests: EligibilityRule<ViziV11Order> = {
  from: ['order_id'],
  decide: ({ order_id }) =>
    order_id.endsWith('-TEST') ? { eligible: false, reason: 'test_order' } : { eligible: true },
};

/** The code where there is one, known or not; else the flag, which is false too where nothing was said. */
function urgencyOf(order: ViziV11Order): unknown {
  const code = columnValue(order.product_data, 'urgency') ?? null;
  return code === null ? order.is_urgent : isUrgent(code);
}

/**
 * The custom fields of a v1.1 account and the types that they have there, for hosts that change some of it. A value that
 * is missing, or a word that is not known, clears its field: nothing is filled in.
 *
 * @example defineMapping({ ...viziV11MappingDefinition, eligible: viziEligibility }) // customers who want alerts only
 */
export const viziV11MappingDefinition: MappingDefinition<ViziV11Order> = {
  schema: viziV11OrderSchema,
  orderId: 'order_id',
  phone: 'client_phone',
  rank: 'webhook_received_at',
  name: 'client_name',
  email: 'client_email',
  eligible: allButTests,
  fields: {
    customer_name: { from: 'client_name', type: 'text', missing: 'leave' },
    OrderNumber: { from: 'order_id', type: 'text' },
    visa_country: { from: 'product_country', type: 'text' },
    visa_type: { from: 'product_doc_type', type: 'text' },
    visa_quantity: { from: 'visa_quantity', type: 'number', min: 1 },
    intent: {
      from: ['product_intent'],
      type: 'text',
      value: ({ product_intent }) => knownWord(product_intent, intents),
    },
    entries: {
      from: ['product_entries'],
      type: 'text',
      value: ({ product_entries }) => knownWord(product_entries, entries),
    },
    validity: {
      from: ['product_validity'],
      type: 'text',
      value: ({ product_validity }) => knownWord(product_validity, validities),
    },
    flag: { from: 'product_country_flag', type: 'text' },
    stay_limit: {
      from: ['product_data'],
      type: 'text',
      value: ({ product_data }) => columnValue(product_data, 'stay_limit'),
    },
    order_days: { from: 'processing_days', type: 'number', min: 1 },
    // The field holds shekels: an amount of another currency would be read as shekels too.
    order_sum: {
      from: ['amount', 'currency'],
      type: 'number',
      value: ({ amount, currency }) => (currency?.trim().toUpperCase() === 'ILS' ? amount : null),
    },
    order_date_time: { from: 'webhook_received_at', type: 'datetime' },
    entry_date: { from: 'entry_date', type: 'date' },
    order_urgent: { from: ['product_data', 'is_urgent'], type: 'boolean', value: urgencyOf },
    wa_alerts: { from: 'whatsapp_alerts_enabled', type: 'boolean' },
    branch: { from: 'branch', type: 'text' },
    form_id: { from: 'form_id', type: 'text' },
  },
};

/** Vizi orders of the later table to contacts of a v1.1 account. */
export const viziV11Mapping: Mapping<ViziV11Order> = defineMapping(viziV11MappingDefinition);
