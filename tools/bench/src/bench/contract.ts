import type { Pricing } from './trace/floor.ts';

export type ContractName = 'plan' | 'v1.1';

/** Ways in which our engine updates contacts; the plan's contract has one. */
export const pricingsOf: Readonly<Record<ContractName, readonly Pricing[]>> = {
  plan: ['plan'],
  'v1.1': ['v1.1-fields', 'v1.1-upsert', 'v1.1-actions'],
};
