import type { Layout } from '../layout/layout.ts';

const tryAgainAfter = "interval '1 minute'";

/** Undoes a begin of which nothing came: `$1` scope, `$2` phone key, `$3` token, `$4` order, `$5` version. */
export function abandonSql({ columns: c, orders, ledger }: Layout): string {
  return `WITH own AS MATERIALIZED (
    SELECT o.${c.orderId} AS id FROM ${orders} o
    WHERE o.${c.orderId} = $4::text AND o.${c.version} = $5::int AND o.${c.status} = 'syncing' FOR NO KEY UPDATE),
  freed AS (
    UPDATE ${ledger} l SET lease_token = NULL, lease_expires_at = NULL, unclean = l.unclean_shown
    FROM (SELECT count(*) FROM own) locked
    WHERE l.scope = $1::text AND l.phone_key = $2::text AND l.lease_token::text = $3::text RETURNING 1)
  UPDATE ${orders} o SET ${c.status} = 'pending', ${c.dueAt} = now() + ${tryAgainAfter}, ${c.error} = 'row_invalid'
  FROM own CROSS JOIN freed WHERE o.${c.orderId} = own.id`;
}
