import type { CbbSync } from '@visanet/cbb-host';
import { err, ok, type Result } from 'neverthrow';
import { type CommandContext, type CommandResult, defineCommand } from '../command.ts';
import { readConfiguration, requireSwitchedOn } from '../compose/configuration.ts';
import { claimFlags, engineFlags } from '../compose/engine-flags.ts';
import { hostFailed } from '../compose/host-failed.ts';
import { hostFlags, loadHost } from '../compose/host-file.ts';
import { queueFlags, queueSettings } from '../compose/queue-flags.ts';
import { openSession, type Session } from '../compose/session.ts';
import { type ExitCode, type Failure, workFailed } from '../failure.ts';
import { duration, flag, wholeNumber } from '../options/flags.ts';
import type { Flags } from '../options/read-flags.ts';
import { createFailureTally } from '../output/failure-tally.ts';
import { noteHostEvent } from '../output/host-lines.ts';
import { createProgress } from '../output/progress.ts';
import { facts } from '../output/table.ts';

const flags = {
  ...queueFlags,
  ...hostFlags,
  budget: duration('function: time within which orders are worked (default 55s)').optional(),
  limit: wholeNumber('function: orders worked at most', { min: 1 }).optional(),
  concurrency: wholeNumber('function: orders at the same time (default CBB_SYNC_CONCURRENCY)', {
    min: 1,
    max: 1_000,
  }).optional(),
  'dry-run': flag('Only count the orders that wait'),
  ...claimFlags,
  ...engineFlags,
};

type SweepFlags = Flags<typeof flags>;

async function run(options: SweepFlags, context: CommandContext): CommandResult {
  const dry = options['dry-run'];
  const needed = dry ? [] : ['CBB_API_KEY', ...queueSettings(options.queue)];
  const read = readConfiguration(context.environment, ['DATABASE_URL', ...needed]);
  if (read.isErr()) return err(read.error);
  const configuration = read.value;
  const switchedOn = dry ? ok(undefined) : requireSwitchedOn(configuration);
  if (switchedOn.isErr()) return err(switchedOn.error);
  const host = await loadHost(options.config);
  if (host.isErr()) return err(host.error);
  const concurrency = options.concurrency ?? configuration.sync.concurrency;
  // Where orders are only enqueued or counted, the service need not be asked for anything.
  const asksNothing = dry || options.queue !== 'function';
  let worked = 0;
  const progress = createProgress(context.io, 'orders worked:');
  const tally = createFailureTally();
  const note = noteHostEvent(context.print);
  const session = await openSession({
    debug: context.debug,
    environment: context.environment,
    host: host.value,
    // A count needs no queue.
    flags: dry ? { ...options, queue: 'function' } : options,
    signal: context.io.signal,
    concurrency,
    offline: asksNothing,
    onEvent(event) {
      note(event);
      tally.add(event);
      if (event.kind !== 'job-finished') return;
      worked += 1;
      progress.update(worked);
    },
  });
  if (session.isErr()) return err(session.error);
  try {
    if (dry) return await count(session.value, configuration.sync.rolloutPercent, context);
    const swept = await sweepOnce(session.value.sync, { ...options, concurrency }, context);
    progress.end();
    for (const line of tally.lines()) context.print.note(line);
    if (swept.isErr()) return err(swept.error);
    const { document, exitCode } = swept.value;
    context.print.result(document, facts(document));
    return ok(exitCode);
  } finally {
    await session.value.close();
  }
}

async function count(session: Session, rolloutPercent: number, { print }: CommandContext): CommandResult {
  const counted = await session.store.countByStatus({ rolloutPercent });
  if (counted.isErr()) return err(workFailed(counted.error));
  const { pending, syncing } = counted.value;
  print.result({ dryRun: true, pending, syncing }, facts({ pending, syncing }));
  return ok(0);
}

interface Swept {
  readonly document: Readonly<Record<string, string | number | boolean | null>>;
  readonly exitCode: ExitCode;
}

async function sweepOnce(
  sync: CbbSync,
  options: SweepFlags & { readonly concurrency: number },
  { io }: CommandContext,
): Promise<Result<Swept, Failure>> {
  if (options.queue !== 'function') {
    const swept = await sync.sweep();
    return swept.map((document): Swept => ({ document: { ...document }, exitCode: 0 })).mapErr(hostFailed);
  }
  const { limit, concurrency, budget: budgetMs = 55_000 } = options;
  const ran = await sync.runDue({
    budgetMs,
    concurrency,
    signal: io.signal,
    // A short budget must still leave time for one order.
    reserveMs: Math.min(5_000, Math.floor(budgetMs / 2)),
    ...(limit === undefined ? {} : { limit }),
  });
  return ran
    .map(({ outcomes, ...rest }): Swept => {
      const failed =
        rest.ended === 'halted' ||
        rest.ended === 'store_failed' ||
        rest.errored + outcomes.failed + outcomes.partial > 0;
      return { document: { ...rest, ...outcomes }, exitCode: failed ? 1 : 0 };
    })
    .mapErr(hostFailed);
}

export const sweep = defineCommand({
  name: 'sweep',
  description: 'Take all due orders once: enqueue them, or work them within a budget',
  flags,
  run,
});
