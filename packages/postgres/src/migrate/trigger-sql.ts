import { literal, quote } from '../layout/identifiers.ts';
import type { Layout } from '../layout/layout.ts';

/** Triggers run in the order of their names: these come last, so that they see what the host's own have changed. */
const triggerName = 'zz_cbb_sync';

function functionName({ orders, ordersName }: Layout, purpose: string): string {
  const schema = orders.includes('.') ? `${orders.split('.')[0]}.` : '';
  return `${schema}${quote(`cbb_sync_${purpose}_${ordersName}`)}`;
}

function functionSql(layout: Layout, purpose: string, assignments: readonly string[]): string {
  const { notifyChannel, columns: c } = layout;
  const announce =
    notifyChannel === null ? [] : [`PERFORM pg_notify(${literal(notifyChannel)}, NEW.${c.orderId}::text);`];
  const body = [...assignments, ...announce, 'RETURN NEW;'].map((line) => `  ${line}`).join('\n');
  return `CREATE OR REPLACE FUNCTION ${functionName(layout, purpose)}() RETURNS trigger
LANGUAGE plpgsql SET search_path = '' AS $body$
BEGIN
${body}
END
$body$`;
}

/** Makes new orders, and orders of which a watched column changed, pending and due; in the host's transaction. */
export function triggerSql(layout: Layout): string[] {
  const { orders, columns: c, watched } = layout;
  const changed = watched.map((column) => `OLD.${column} IS DISTINCT FROM NEW.${column}`).join('\n  OR ');
  const due = [`NEW.${c.status} := 'pending';`, `NEW.${c.dueAt} := now();`];
  return [
    functionSql(layout, 'arm', due),
    functionSql(layout, 'rearm', [
      ...due,
      `NEW.${c.version} := OLD.${c.version} + 1;`,
      `NEW.${c.attempts} := 0;`,
      `NEW.${c.crashes} := 0;`,
      `NEW.${c.error} := NULL;`,
    ]),
    `DROP TRIGGER IF EXISTS ${triggerName}_arm ON ${orders}`,
    `CREATE TRIGGER ${triggerName}_arm BEFORE INSERT ON ${orders} FOR EACH ROW
WHEN (NEW.${c.status} IS NULL OR NEW.${c.status} = 'pending')
EXECUTE FUNCTION ${functionName(layout, 'arm')}()`,
    `DROP TRIGGER IF EXISTS ${triggerName}_rearm ON ${orders}`,
    `CREATE TRIGGER ${triggerName}_rearm BEFORE UPDATE ON ${orders} FOR EACH ROW
WHEN (${changed})
EXECUTE FUNCTION ${functionName(layout, 'rearm')}()`,
  ];
}
