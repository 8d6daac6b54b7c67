import type { ProvenScope } from '@visanet/cbb-client';
import type { Materials } from '../compose/parts.ts';

/** Where nobody knows them yet, and nothing is written in their name. */
export function assumedScope({ settings, options }: Pick<Materials, 'settings' | 'options'>): ProvenScope {
  const contract = options.client?.contract ?? (settings.contract === 'auto' ? 'plan' : settings.contract);
  return { contract, account: settings.accountId ?? 'default' };
}
