import { defineMapping } from '../mapping/define-mapping.ts';
import type { EligibilityRule, MappingDefinition } from '../mapping/definition.ts';
import type { Mapping } from '../mapping/mapping.ts';
import { type ViziOrder, viziOrderSchema } from './vizi-order.ts';

/** Orders whose customer wants WhatsApp alerts, without test orders. */
export const viziEligibility: EligibilityRule<ViziOrder> = {
  from: ['order_id', 'whatsapp_alerts_enabled'],
  decide: (order) => {
    if (order.order_id.endsWith('-TEST')) return { eligible: false, reason: 'test_order' };
    return order.whatsapp_alerts_enabled === true
      ? { eligible: true }
      : { eligible: false, reason: 'alerts_off' };
  },
};

/**
 * Narrows a rule to some branches; other orders are skipped with reason `other_branch`.
 *
 * @example defineMapping({ ...viziMappingDefinition, eligible: onlyBranches(['il'], viziEligibility) })
 */
export function onlyBranches(
  branches: readonly string[],
  rule: EligibilityRule<ViziOrder>,
): EligibilityRule<ViziOrder> {
  const wanted = new Set(branches.map((branch) => branch.toLowerCase()));
  return {
    from: [...new Set([...rule.from, 'branch' as const])],
    decide: (order) =>
      wanted.has(order.branch?.toLowerCase() ?? '')
        ? rule.decide(order)
        : { eligible: false, reason: 'other_branch' },
  };
}

/** The twelve custom fields of the plan, for hosts that change some of it. */
export const viziMappingDefinition: MappingDefinition<ViziOrder> = {
  schema: viziOrderSchema,
  orderId: 'order_id',
  phone: 'client_phone',
  rank: 'webhook_received_at',
  name: 'client_name',
  email: 'client_email',
  eligible: viziEligibility,
  fields: {
    name: { from: 'client_name', type: 'text', missing: 'leave' },
    email: { from: 'client_email', type: 'email', missing: 'leave' },
    visa_country: { from: 'product_country', type: 'text' },
    visa_type: { from: 'product_doc_type', type: 'text', default: 'tourist' },
    visa_quantity: { from: 'visa_quantity', type: 'number', min: 1 },
    urgency: { from: 'urgency', type: 'text' },
    total_paid: { from: { amount: 'amount', currency: 'currency' }, type: 'money' },
    order_id: { from: 'order_id', type: 'text' },
    entry_date: { from: 'entry_date', type: 'date' },
    branch: { from: 'branch', type: 'text' },
    form_id: { from: 'form_id', type: 'text' },
    order_date: { from: 'webhook_received_at', type: 'datetime' },
  },
};

/** Vizi orders to contacts, as the plan has it. */
export const viziMapping: Mapping<ViziOrder> = defineMapping(viziMappingDefinition);
