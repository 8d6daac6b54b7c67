import { tellRefusals } from '@visanet/cbb-host';
import { defaultChannel, ordersTableSql, renderMigrations } from '@visanet/cbb-postgres';
import { rateLimitTableSql } from '@visanet/cbb-rate-limit';
import { err, ok } from 'neverthrow';
import { type CommandContext, type CommandResult, defineCommand } from '../command.ts';
import { readConfiguration } from '../compose/configuration.ts';
import { closePool, openPool } from '../compose/database.ts';
import { type Host, hostFlags, loadHost } from '../compose/host-file.ts';
import { runMigrations } from '../compose/run-migrations.ts';
import { uninstallSync } from '../compose/uninstall-sync.ts';
import { wrongConfiguration, wrongUse } from '../failure.ts';
import { choice, flag, text } from '../options/flags.ts';
import type { Flags } from '../options/read-flags.ts';

const flags = {
  ...hostFlags,
  'dry-run': flag('Print the SQL instead of running it'),
  pending: choice(
    'What becomes of orders that the SQL of the plan made pending before: left out, or synced',
    ['history', 'due'],
  ).optional(),
  'create-table': flag("For a trial: make the plan's orders table first, where there is none"),
  uninstall: flag('Take away all that is of the sync; it asks for the name of the orders table'),
  table: text('With --uninstall: the name of the orders table, instead of the question', 'name').optional(),
  'with-tombstones': flag('With --uninstall: forget which phones were erased, too'),
};

type MigrateFlags = Flags<typeof flags>;

function problemsOf(options: MigrateFlags): readonly string[] {
  const { uninstall, table, pending } = options;
  if (uninstall) {
    return [
      ...(options['create-table'] ? ['--create-table does not go with --uninstall'] : []),
      ...(pending === undefined ? [] : ['--pending does not go with --uninstall']),
    ];
  }
  return [
    ...(table === undefined
      ? []
      : ['--table goes with --uninstall; store.table of --config names the table']),
    ...(options['with-tombstones'] ? ['--with-tombstones goes with --uninstall'] : []),
  ];
}

async function run(options: MigrateFlags, context: CommandContext): CommandResult {
  const { print } = context;
  const problems = problemsOf(options);
  if (problems.length > 0) return err(wrongUse(problems));
  const read = readConfiguration(context.environment, []);
  if (read.isErr()) return err(read.error);
  const host = await loadHost(options.config);
  if (host.isErr()) return err(host.error);
  if (options['dry-run'] && !options.uninstall) return printSql(host.value, options, context);

  const { databaseUrl, databaseDirectUrl } = read.value;
  const url = databaseDirectUrl ?? databaseUrl;
  if (url === null) return err(wrongConfiguration(['DATABASE_DIRECT_URL or DATABASE_URL must be set']));
  if (databaseDirectUrl === null) {
    print.note(
      'DATABASE_DIRECT_URL is not set; a pooler in transaction mode behind DATABASE_URL would be in the way',
    );
  }
  const pool = openPool(url, { max: 2, statementMs: null });
  try {
    const parts = { client: tellRefusals(pool, context.debug), host: host.value };
    if (options.uninstall) {
      const { table, 'dry-run': dryRun, 'with-tombstones': tombstones } = options;
      return await uninstallSync({ ...parts, table, dryRun, tombstones }, context);
    }
    const { pending, 'create-table': createTable } = options;
    const notifyChannel = databaseDirectUrl === null ? undefined : defaultChannel;
    return await runMigrations({ ...parts, pending, createTable, notifyChannel }, context);
  } finally {
    await closePool(pool);
  }
}

async function printSql(host: Host, options: MigrateFlags, { print }: CommandContext): CommandResult {
  const { layout } = host;
  const files = [
    ...(options['create-table'] ? [{ name: 'orders.sql', sql: `${ordersTableSql(layout.table)};\n` }] : []),
    ...renderMigrations({ ...layout, mapping: host.mappingOf('plan') }),
    { name: 'rate_limit.sql', sql: `${rateLimitTableSql()};\n` },
  ];
  print.result({ files }, files.map(({ name, sql }) => `-- ${name}\n${sql}`).join('\n'));
  return ok(0);
}

export const migrate = defineCommand({
  name: 'migrate',
  description: 'Bring the orders table to the schema of the sync, without a long lock; or take it away again',
  flags,
  run,
});
