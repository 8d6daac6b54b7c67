import { migrateCbbSync } from '@visanet/cbb-host';
import { defaultChannel, renderMigrations } from '@visanet/cbb-postgres';
import { rateLimitTableSql } from '@visanet/cbb-rate-limit';
import { err, ok } from 'neverthrow';
import { type CommandContext, type CommandResult, defineCommand } from '../command.ts';
import { readConfiguration } from '../compose/configuration.ts';
import { closePool, openPool } from '../compose/database.ts';
import { hostFlags, loadHost } from '../compose/host-file.ts';
import { workFailed, wrongConfiguration } from '../failure.ts';
import { choice, flag } from '../options/flags.ts';
import { given } from '../options/given.ts';
import type { Flags } from '../options/read-flags.ts';
import { tellRefusals } from '../output/driver-words.ts';
import { createProgress } from '../output/progress.ts';

const flags = {
  ...hostFlags,
  'dry-run': flag('Print the SQL instead of running it'),
  pending: choice(
    'What becomes of orders that the SQL of the plan made pending before: left out, or synced',
    ['history', 'due'],
  ).optional(),
};

async function run(options: Flags<typeof flags>, context: CommandContext): CommandResult {
  const { print, io } = context;
  const read = readConfiguration(context.environment, []);
  if (read.isErr()) return err(read.error);
  const host = await loadHost(options.config);
  if (host.isErr()) return err(host.error);
  const { layout } = host.value;

  if (options['dry-run']) {
    const files = [
      ...renderMigrations({ ...layout, mapping: host.value.mappingOf('plan') }),
      { name: 'rate_limit.sql', sql: `${rateLimitTableSql()};\n` },
    ];
    print.result({ files }, files.map(({ name, sql }) => `-- ${name}\n${sql}`).join('\n'));
    return ok(0);
  }
  const { databaseUrl, databaseDirectUrl } = read.value;
  const url = databaseDirectUrl ?? databaseUrl;
  if (url === null) return err(wrongConfiguration(['DATABASE_DIRECT_URL or DATABASE_URL must be set']));
  if (databaseDirectUrl === null) {
    print.note(
      'DATABASE_DIRECT_URL is not set; a pooler in transaction mode behind DATABASE_URL would be in the way',
    );
  }
  const pool = openPool(url, { max: 2, statementMs: null });
  const progress = createProgress(io, 'migrating; orders and their writers go on meanwhile; minutes passed:');
  let minutes = 0;
  progress.update(minutes);
  const timer = setInterval(() => {
    minutes += 1;
    progress.update(minutes);
  }, 60_000);
  const migrated = await migrateCbbSync(tellRefusals(pool, context.debug), {
    ...(databaseDirectUrl === null ? {} : { notifyChannel: defaultChannel }),
    ...layout,
    ...given({ mapping: host.value.mapping, pending: options.pending }),
  });
  clearInterval(timer);
  progress.end();
  await closePool(pool);
  if (migrated.isErr()) return err(workFailed(migrated.error));
  const { applied, historyOrders } = migrated.value;
  const steps = applied.length === 0 ? 'the schema is up to date' : `applied: ${applied.join(', ')}`;
  const history = historyOrders === 0 ? '' : `\norders from before that stay out: ${historyOrders}`;
  print.result(migrated.value, `${steps}${history}`);
  return ok(0);
}

export const migrate = defineCommand({
  name: 'migrate',
  description: 'Bring the orders table to the schema of the sync, without a long lock',
  flags,
  run,
});
