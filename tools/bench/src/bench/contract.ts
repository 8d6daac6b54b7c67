import type { Pricing } from './trace/floor.ts';

export type ContractName = 'plan' | 'v1.1';

/** Ways in which our engine updates contacts; the plan's contract has one. */
export const pricingsOf: Readonly<Record<ContractName, readonly Pricing[]>> = {
  plan: ['plan'],
  'v1.1': ['v1.1-fields', 'v1.1-upsert', 'v1.1-actions'],
};

/** The client's options that make its updates cost that much. */
export function pricedContract(pricing: Pricing) {
  switch (pricing) {
    case 'plan':
      return { contract: 'plan' } as const;
    case 'v1.1-fields':
      return { contract: 'v1.1', updateStrategy: 'fields' } as const;
    case 'v1.1-upsert':
      return { contract: 'v1.1', updateStrategy: 'upsert' } as const;
    case 'v1.1-actions':
      return { contract: 'v1.1', updateStrategy: 'actions' } as const;
  }
}
