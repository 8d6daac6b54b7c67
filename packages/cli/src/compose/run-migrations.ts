import { migrateCbbSync } from '@visanet/cbb-host';
import { createOrdersTable, type MigrateOptions, type PostgresClient } from '@visanet/cbb-postgres';
import { err, ok, type Result } from 'neverthrow';
import type { CommandContext, CommandResult } from '../command.ts';
import { type Failure, workFailed } from '../failure.ts';
import { given } from '../options/given.ts';
import { createProgress } from '../output/progress.ts';
import type { Host } from './host-file.ts';

export interface Migration {
  readonly client: PostgresClient;
  readonly host: Host;
  readonly pending: MigrateOptions['pending'] | undefined;
  readonly createTable: boolean;
  readonly notifyChannel: string | undefined;
}

export async function runMigrations(migration: Migration, { print, io }: CommandContext): CommandResult {
  const { client, host, pending, notifyChannel } = migration;
  const table = await tableFor(migration);
  if (table.isErr()) return err(table.error);
  const progress = createProgress(io, 'migrating; orders and their writers go on meanwhile; minutes passed:');
  let minutes = 0;
  progress.update(minutes);
  const timer = setInterval(() => {
    minutes += 1;
    progress.update(minutes);
  }, 60_000);
  const migrated = await migrateCbbSync(client, {
    ...given({ notifyChannel }),
    ...host.layout,
    ...given({ mapping: host.mapping, pending }),
  });
  clearInterval(timer);
  progress.end();
  if (migrated.isErr()) return err(workFailed(migrated.error));
  const { applied, historyOrders } = migrated.value;
  const lines = [
    ...(table.value === null ? [] : [table.value]),
    applied.length === 0 ? 'the schema is up to date' : `applied: ${applied.join(', ')}`,
    ...(historyOrders === 0 ? [] : [`orders from before that stay out: ${historyOrders}`]),
  ];
  print.result(migrated.value, lines.join('\n'));
  return ok(0);
}

/** What was done about the orders table, where that is asked. */
async function tableFor({ client, host, createTable }: Migration): Promise<Result<string | null, Failure>> {
  if (!createTable) return ok(null);
  const { table } = host.layout;
  const created = await createOrdersTable(client, given({ table }));
  const name = table ?? 'public.orders';
  return created
    .map((report) => (report.created ? `created: ${name}` : `${name} is there already and stays as it is`))
    .mapErr((error) => workFailed(error));
}
