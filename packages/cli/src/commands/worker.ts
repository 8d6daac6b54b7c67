import type { WorkerEvent } from '@visanet/cbb-queue';
import { err, ok } from 'neverthrow';
import { type CommandContext, type CommandResult, defineCommand } from '../command.ts';
import { followAnnouncedOrders } from '../compose/announced-orders.ts';
import { readConfiguration, requireSwitchedOn } from '../compose/configuration.ts';
import { endsWithin } from '../compose/ends-within.ts';
import { claimFlags, engineFlags } from '../compose/engine-flags.ts';
import { hostFlags, loadHost } from '../compose/host-file.ts';
import { openQueue, queueFlags, queueSettings } from '../compose/queue.ts';
import { openSession } from '../compose/session.ts';
import { workFailed } from '../failure.ts';
import { choice, flag, wholeNumber } from '../options/flags.ts';
import type { Flags } from '../options/read-flags.ts';
import { createEventLog } from '../output/event-log.ts';

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
  const concurrency = options.concurrency ?? configuration.sync.concurrency;
  const session = await openSession({
    configuration,
    databaseUrl: configuration.databaseUrl ?? '',
    host: host.value,
    flags: options,
    signal: io.signal,
    concurrency,
    onEvent: log.engine,
    onRateLimitFailure: ({ kind, message }) => log.log('warn', 'rate-limit-failed', { error: kind, message }),
  });
  if (session.isErr()) return err(session.error);
  const { store, engine, contract } = session.value;

  let halt: (reason: Halt) => void = () => undefined;
  const halted = new Promise<Halt>((resolve) => {
    halt = resolve;
  });
  const onEvent = (event: WorkerEvent) => {
    log.worker(event);
    if (event.kind === 'worker-halted') halt(event.reason);
  };
  const queue = await openQueue({ configuration, engine, onEvent }, options);
  if (queue.isErr()) {
    await session.value.close();
    return err(queue.error);
  }
  const { adapter } = queue.value;
  const graceMs = options['grace-ms'] ?? 10_000;

  async function closeAll() {
    const closed = await adapter.close({ graceMs });
    await queue.map(({ release }) => release()).unwrapOr(Promise.resolve());
    await session.map(({ close }) => close()).unwrapOr(Promise.resolve());
    return closed.map(({ kind }) => kind).unwrapOr('abandoned');
  }

  const sweepIntervalMs = options['sweep-interval-ms'];
  const started = await adapter.startWorker({
    concurrency,
    ...(sweepIntervalMs === undefined ? {} : { sweepIntervalMs }),
  });
  if (started.isErr()) {
    await closeAll();
    return err(workFailed(started.error));
  }
  log.log('info', 'worker-started', { queue: options.queue, contract, concurrency });

  const directUrl = options['no-listen'] ? null : configuration.databaseDirectUrl;
  const { delayMs } = configuration.sync;
  const listener =
    directUrl === null ? null : followAnnouncedOrders({ store, adapter, directUrl, delayMs, log });

  const reason = await Promise.race([halted, aborted(io.signal)]);
  log.log('info', 'worker-stopping', { reason });
  if (listener !== null) await endsWithin(listener.close(), 5_000);
  const stopped = await closeAll();
  log.log('info', 'worker-stopped', { ended: stopped });
  print.result({ command: 'worker', reason, ended: stopped }, `worker stopped: ${reason}, ${stopped}`);
  return ok(reason === 'signal' ? 0 : 1);
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
