import type { LayoutOptions } from '@visanet/cbb-postgres';
import type { HostStoreOptions } from '../options/host-options.ts';

// An option that the store gets beside these must be left out of the layout too: migrations refuse it.
export const noLayout: Record<Exclude<keyof HostStoreOptions, keyof LayoutOptions>, true> = {
  allowRowSecurity: true,
  startTimeoutMs: true,
};
