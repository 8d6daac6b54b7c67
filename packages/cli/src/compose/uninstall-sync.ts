import { type PostgresClient, uninstall } from '@visanet/cbb-postgres';
import { err, ok } from 'neverthrow';
import type { CommandContext, CommandResult } from '../command.ts';
import { workFailed } from '../failure.ts';
import { confirm } from './confirm.ts';
import type { Host } from './host-file.ts';

export interface Uninstallation {
  readonly client: PostgresClient;
  readonly host: Host;
  /** The orders table as it was typed. */
  readonly table: string | undefined;
  readonly dryRun: boolean;
  readonly tombstones: boolean;
}

/** `migrate` makes it beside the tables of the store. */
const dropLimits = 'DROP TABLE IF EXISTS "public"."cbb_rate_limits"';

const kept = 'which phones were erased stays known; --with-tombstones forgets that, too';

/** Shows the statements, and runs them when the name of the orders table was said. */
export async function uninstallSync(
  { client, host, table, dryRun, tombstones }: Uninstallation,
  { print, io }: CommandContext,
): CommandResult {
  const options = { ...host.layout, mapping: host.mappingOf('plan'), tombstones };
  const planned = await uninstall(client, options);
  if (planned.isErr()) return err(workFailed(planned.error));
  const statements = [...planned.value.statements, dropLimits];
  const shown = statements.map((statement) => `${statement};`).join('\n');
  if (!tombstones) print.note(kept);
  if (dryRun) {
    print.result({ action: 'uninstall', statements, done: false }, shown);
    return ok(0);
  }
  const name = options.table ?? 'public.orders';
  if (table === undefined) {
    io.stderr(`${shown}\n`);
    const question = `To run these statements, type the name of the orders table (${name}):`;
    const confirmed = await confirm(io, { name, question, otherwise: `add --table=${name} to do it` });
    if (confirmed.isErr()) return err(confirmed.error);
  }
  const removed = await uninstall(client, { ...options, confirm: table ?? name });
  if (removed.isErr()) return err(workFailed(removed.error));
  const limits = await client.query(dropLimits).then(
    () => true,
    () => false,
  );
  if (!limits) print.note('the table of the request limit is still there: DROP TABLE public.cbb_rate_limits');
  print.result({ action: 'uninstall', statements, done: true }, 'done: all that was of the sync is gone');
  return ok(0);
}
