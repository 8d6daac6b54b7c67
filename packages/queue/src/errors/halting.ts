import type { SyncError } from '@visanet/cbb-sync';

/** What no further try mends: each would fail alike, for every order. */
const halting: ReadonlySet<string> = new Set(['store_misconfigured', 'scope_differs', 'database_differs']);

export function haltsWorker({ kind }: Pick<SyncError, 'kind'>): boolean {
  return halting.has(kind);
}
