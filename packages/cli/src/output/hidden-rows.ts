import type { RowSecurity } from '@visanet/cbb-postgres';

/** What row-level security may keep from the sync without a word; null where nothing is amiss. */
export function hiddenRows(
  { applies, seesOrders }: RowSecurity,
  isAllowed: boolean,
): { readonly message: string; readonly remedy: string } | null {
  if (!applies || (isAllowed && seesOrders)) return null;
  const message = seesOrders
    ? 'row-level security may hide orders from the database role'
    : 'the database role sees no order at all: there is none, or row-level security hides them';
  return { message, remedy: bypass(isAllowed) };
}

function bypass(isAllowed: boolean): string {
  return isAllowed
    ? 'use a role that bypasses it, or a policy that lets this one see the orders of the sync'
    : 'use a role that bypasses it, or set store.allowRowSecurity in --config where that is meant so';
}
