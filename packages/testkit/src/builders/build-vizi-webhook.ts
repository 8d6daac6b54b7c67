import type { BuildOptions } from './build-order.ts';
import { inventOrder } from './order-facts.ts';

/** The part of Vizi's payload that a sync reads, with what a form always has. */
export interface ViziWebhook {
  readonly form: {
    readonly id: string;
    readonly country: string;
    readonly client: {
      readonly name: string;
      readonly email: string;
      readonly phone: string | { readonly code: string; readonly number: string };
      readonly whatsappAlertsEnabled: boolean;
    };
    readonly product: {
      readonly name: string;
      readonly country: string;
      readonly docType: string;
      readonly intent: string;
      readonly entries: string;
      readonly validity: string;
      /** Days that it takes. */
      readonly wait: number;
      /** In days. */
      readonly stay_limit: number;
    };
    readonly quantity: number;
    readonly urgency: string;
    readonly termsAgreed: boolean;
    readonly orderId: string;
    readonly entry?: { readonly date: string; readonly port: string | null };
    readonly applicants: readonly Readonly<Record<string, unknown>>[];
    readonly meta: Readonly<Record<string, unknown>>;
  };
  readonly order: {
    readonly id: string;
    readonly form_id: string;
    readonly branch: string;
    readonly domain: string;
    readonly payment_processor: string;
    readonly payment_id: string;
    readonly amount: number;
    readonly currency: string;
    readonly coupon: null;
    readonly status: string;
  };
}

export interface ViziWebhookOverrides {
  readonly form?: Partial<Omit<ViziWebhook['form'], 'client'>> & {
    readonly client?: Partial<ViziWebhook['form']['client']>;
  };
  readonly order?: Partial<ViziWebhook['order']>;
}

/** The webhook of the order that `buildOrder` gives for the same seed; overrides go into `form`, `form.client` and `order`. */
export function buildViziWebhook(
  overrides: ViziWebhookOverrides = {},
  options: BuildOptions = {},
): ViziWebhook {
  const facts = inventOrder(options.seed ?? 1);
  const { client, ...form } = overrides.form ?? {};
  return {
    form: {
      id: facts.formId,
      country: facts.country,
      product: {
        name: facts.product,
        country: facts.country,
        docType: facts.docType,
        intent: 'tourism',
        entries: 'multiple',
        validity: 'year',
        wait: facts.wait,
        stay_limit: facts.stayLimit,
      },
      quantity: facts.quantity,
      urgency: facts.urgency,
      termsAgreed: true,
      orderId: facts.orderId,
      ...(facts.entryDate === null ? {} : { entry: { date: facts.entryDate, port: null } }),
      applicants: Array.from({ length: facts.quantity }, (_, index) => ({
        id: `apl_${facts.formId.slice(4, -1)}${index}`,
      })),
      meta: {
        branch: facts.branch,
        domain: facts.domain,
        step: 4,
        completion: 100,
        resumed: false,
        revision: 1,
      },
      ...form,
      client: {
        name: facts.name,
        email: facts.email,
        phone: facts.phone,
        whatsappAlertsEnabled: true,
        ...client,
      },
    },
    order: {
      id: facts.orderId,
      form_id: facts.formId,
      branch: facts.branch,
      domain: facts.domain,
      payment_processor: 'stripe',
      payment_id: facts.paymentId,
      amount: facts.amount,
      currency: facts.currency,
      coupon: null,
      status: 'active',
      ...overrides.order,
    },
  };
}
