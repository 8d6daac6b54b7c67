import type { CbbParts } from '@visanet/cbb-host';
import type { WorkerEvent } from '@visanet/cbb-queue';
import { err, ok } from 'neverthrow';
import { type CommandContext, type CommandResult, defineCommand } from '../command.ts';
import { readConfiguration, requireSwitchedOn } from '../compose/configuration.ts';
import { claimFlags, engineFlags } from '../compose/engine-flags.ts';
import { hostFailed } from '../compose/host-failed.ts';
import { hostFlags, loadHost } from '../compose/host-file.ts';
import { queueFlags, queueSettings } from '../compose/queue-flags.ts';
import { openSync } from '../compose/session.ts';
import { choice, flag, wholeNumber } from '../options/flags.ts';
import { given } from '../options/given.ts';
import type { Flags } from '../options/read-flags.ts';
import { createEventLog, type EventLog } from '../output/event-log.ts';
import { hiddenRows } from '../output/hidden-rows.ts';
import { logHostEvent } from '../output/host-lines.ts';

const flags = {
  ...queueFlags,
  ...hostFlags,
  concurrency: wholeNumber('Orders at the same time (default CBB_SYNC_CONCURRENCY)', {
    min: 1,
    max: 1_000,
  }).optional(),
  'sweep-interval-ms': wholeNumber('Time between two sweeps for due orders, 0 for none (default 30000)', {
    hint: 'ms',
  }).optional(),
  'grace-ms': wholeNumber('At a stop: how long running orders may go on (default 10000)', {
    hint: 'ms',
  }).optional(),
  'no-listen': flag('Do not listen over DATABASE_DIRECT_URL for new and changed orders'),
  log: choice('Form of the log (default text on a terminal, else json)', ['json', 'text']).optional(),
  ...claimFlags,
  ...engineFlags,
};

type Halt = Extract<WorkerEvent, { kind: 'worker-halted' }>['reason'];

async function run(options: Flags<typeof flags>, context: CommandContext): CommandResult {
  const { io, print } = context;
  const required = ['CBB_API_KEY', 'DATABASE_URL', ...queueSettings(options.queue)];
  const read = readConfiguration(context.environment, required);
  if (read.isErr()) return err(read.error);
  const configuration = read.value;
  const switchedOn = requireSwitchedOn(configuration);
  if (switchedOn.isErr()) return err(switchedOn.error);
  const host = await loadHost(options.config);
  if (host.isErr()) return err(host.error);

  const log = createEventLog(io, options.log ?? (io.isTerminal ? 'text' : 'json'));
  let halt: (reason: Halt) => void = () => undefined;
  const halted = new Promise<Halt>((resolve) => {
    halt = resolve;
  });
  const concurrency = options.concurrency ?? configuration.sync.concurrency;
  const opened = await openSync({
    debug: context.debug,
    environment: context.environment,
    host: host.value,
    flags: options,
    concurrency,
    onEvent(event) {
      logHostEvent(log, event);
      if (event.kind === 'worker-halted') halt(event.reason);
    },
  });
  if (opened.isErr()) return err(opened.error);
  const sync = opened.value;

  const sweepIntervalMs = options['sweep-interval-ms'];
  const started = await sync
    .startWorker({ listen: !options['no-listen'], signal: io.signal, ...given({ sweepIntervalMs }) })
    .andThen(() => sync.ready())
    .mapErr(hostFailed);
  if (started.isErr() && !io.signal.aborted) {
    // The reason to stop is told; how the rest ends adds nothing.
    await sync.close().unwrapOr(null);
    return err(started.error);
  }
  if (started.isOk()) {
    const { postgres, scope } = started.value;
    log.log('info', 'worker-started', { queue: options.queue, contract: scope.contract, concurrency });
    await warnOfHiddenRows(log, postgres, host.value.store.allowRowSecurity ?? false);
  }

  const reason = await Promise.race([halted, aborted(io.signal)]);
  log.log('info', 'worker-stopping', { reason });
  const closed = await sync.close({ graceMs: options['grace-ms'] ?? 10_000 });
  const stopped = closed.map(({ kind }) => kind).unwrapOr('abandoned');
  log.log('info', 'worker-stopped', { ended: stopped });
  print.result({ command: 'worker', reason, ended: stopped }, `worker stopped: ${reason}, ${stopped}`);
  return ok(reason === 'signal' ? 0 : 1);
}

/** Nothing else would tell: rows that a policy hides look like rows that are not there. */
async function warnOfHiddenRows(
  log: EventLog,
  postgres: CbbParts['postgres'],
  isAllowed: boolean,
): Promise<void> {
  const security = await postgres?.rowSecurity();
  // Where it cannot be read, the worker's own statements say why.
  const hidden = security?.map((read) => hiddenRows(read, isAllowed)).unwrapOr(null) ?? null;
  if (hidden !== null) log.log('warn', 'orders-hidden', { ...hidden });
}

function aborted(signal: AbortSignal): Promise<'signal'> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve('signal');
    else signal.addEventListener('abort', () => resolve('signal'), { once: true });
  });
}

export const worker = defineCommand({
  name: 'worker',
  description: 'Sync orders until SIGTERM or SIGINT',
  flags,
  run,
});
