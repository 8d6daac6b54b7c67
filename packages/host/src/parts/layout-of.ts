import type { LayoutOptions } from '@visanet/cbb-postgres';
import type { HostStoreOptions } from '../options/host-options.ts';

/** Of the options of a store, the names of tables and columns: what migrations and reads of the scope take. */
export function layoutOf(options: HostStoreOptions): LayoutOptions {
  const { allowRowSecurity: _, startTimeoutMs: __, ...layout } = options;
  return layout;
}
