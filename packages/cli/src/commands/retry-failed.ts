import type { FailedOrders, FailureFilter } from '@visanet/cbb-postgres';
import type { CbbConfiguration } from '@visanet/cbb-sync';
import { err, ok, type Result } from 'neverthrow';
import { type CommandContext, type CommandResult, defineCommand } from '../command.ts';
import { readConfiguration } from '../compose/configuration.ts';
import { hostFailed } from '../compose/host-failed.ts';
import { hostFlags, loadHost } from '../compose/host-file.ts';
import { queueFlags, queueSettings } from '../compose/queue-flags.ts';
import { openSession, type Session } from '../compose/session.ts';
import { voidContacts } from '../compose/void-contacts.ts';
import { type Failure, workFailed } from '../failure.ts';
import { failureFilterOf, failureFlags } from '../options/failure-flags.ts';
import { choice, flag } from '../options/flags.ts';
import type { Flags } from '../options/read-flags.ts';
import { noteHostEvent } from '../output/host-lines.ts';
import { operatorOf } from '../output/operator.ts';
import { createProgress } from '../output/progress.ts';
import { mendedByEdit } from '../output/remedy.ts';

const flags = {
  ...queueFlags,
  queue: choice('Enqueue the orders at once too; else the next sweep finds them', [
    'bullmq',
    'pg-boss',
  ]).optional(),
  ...failureFlags,
  force: flag('Write every field of their contacts again, whatever is known of them'),
  'dry-run': flag('Only count them'),
  ...hostFlags,
};

type RetryFlags = Flags<typeof flags>;

async function run(options: RetryFlags, context: CommandContext): CommandResult {
  // A count needs neither queue nor service.
  const queue = options['dry-run'] ? undefined : options.queue;
  const voids = options.force && !options['dry-run'];
  const queueNeeds = queue === undefined ? [] : queueSettings(queue);
  const needed = [...queueNeeds, ...(voids ? ['CBB_API_KEY'] : [])];
  const read = readConfiguration(context.environment, ['DATABASE_URL', ...needed]);
  if (read.isErr()) return err(read.error);
  const configuration = read.value;
  const host = await loadHost(options.config);
  if (host.isErr()) return err(host.error);
  const session = await openSession({
    debug: context.debug,
    environment: context.environment,
    host: host.value,
    flags: { ...options, queue: queue ?? 'function' },
    signal: context.io.signal,
    concurrency: 1,
    // Which contract it is matters only where knowledge of contacts is voided.
    offline: !voids,
    onEvent: noteHostEvent(context.print),
  });
  if (session.isErr()) return err(session.error);
  try {
    const { store } = session.value;
    const filter = failureFilterOf(options);
    const isChosen = filter.kinds !== undefined || filter.reason !== undefined;
    const range = {
      ...filter,
      ...(isChosen ? {} : { exceptKinds: mendedByEdit }),
      batch: configuration.sync.batchSize,
    };
    const leftOut = isChosen ? ok(0) : await countLeftOut(store, filter);
    if (leftOut.isErr()) return err(leftOut.error);
    if (options['dry-run'] || configuration.sync.mode === 'dry_run') {
      const counted = await eachBatch(store.failedOrderIds(range), session.value, context, async () => ok());
      if (counted.isErr()) return err(counted.error);
      const count = counted.value;
      context.print.result(
        { dryRun: true, failed: count, leftOut: leftOut.value },
        `${ordersOf(count)} would be due again${tellLeftOut(leftOut.value)}`,
      );
      return ok(0);
    }
    const parts = { session: session.value, configuration, range, leftOut: leftOut.value };
    return await retry(parts, options, context);
  } finally {
    await session.value.close();
  }
}

interface Retry {
  readonly session: Session;
  readonly configuration: CbbConfiguration;
  readonly range: FailedOrders;
  readonly leftOut: number;
}

/** Failures that wait for an edit: making them due again would only fail them again. */
async function countLeftOut(
  store: Session['store'],
  filter: FailureFilter,
): Promise<Result<number, Failure>> {
  const groups = await store.failures({ ...filter, kinds: mendedByEdit });
  return groups
    .map((all) => all.reduce((sum, { orders }) => sum + orders, 0))
    .mapErr((error) => workFailed(error));
}

const ordersOf = (count: number) => `${count} failed ${count === 1 ? 'order' : 'orders'}`;

function tellLeftOut(count: number): string {
  if (count === 0) return '';
  return `\n${ordersOf(count)} left out, which only an edit mends: see cbb failures --kind=${mendedByEdit.join(',')}`;
}

async function retry(
  { session, configuration, range, leftOut }: Retry,
  options: RetryFlags,
  context: CommandContext,
): CommandResult {
  const { store, sync, mapping } = session;
  const { queue: name, force } = options;
  const recorded = await store.recordAudit({
    action: 'retry-failed',
    actor: operatorOf(context.environment),
    details: { olderThanMs: range.olderThanMs ?? 0, kinds: range.kinds?.join(',') ?? '', force },
  });
  if (recorded.isErr()) return err(workFailed(recorded.error));
  const retried = await eachBatch(store.retryFailed(range), session, context, async (orderIds) => {
    const voided = force
      ? await voidContacts(store, mapping, configuration.sync.hashSecret, orderIds)
      : ok(undefined);
    if (voided.isErr()) return err(workFailed(voided.error));
    if (name === undefined) return ok(undefined);
    const enqueued = await sync.enqueueMany(orderIds);
    return enqueued.map(() => undefined).mapErr(hostFailed);
  });
  if (retried.isErr()) return err(retried.error);
  context.print.result(
    { retried: retried.value, leftOut },
    `${ordersOf(retried.value)} ${retried.value === 1 ? 'is' : 'are'} due again${tellLeftOut(leftOut)}`,
  );
  return ok(0);
}

/** The number of orders; ends at the first error, and at a signal between two batches. */
async function eachBatch(
  batches: ReturnType<Session['store']['failedOrderIds']>,
  { store }: Session,
  { io }: CommandContext,
  follow: (orderIds: readonly string[]) => Promise<Result<void, Failure>>,
): Promise<Result<number, Failure>> {
  const total = io.isTerminal ? await store.countByStatus() : null;
  const progress = createProgress(
    io,
    'failed orders',
    total?.map(({ failed }) => failed).unwrapOr(0) ?? null,
  );
  let done = 0;
  let failure: Failure | null = null;
  for await (const batch of batches) {
    if (batch.isErr()) failure = workFailed(batch.error);
    else {
      const followed = await follow(batch.value);
      if (followed.isErr()) failure = followed.error;
      done += batch.value.length;
      progress.update(done);
    }
    if (failure !== null || io.signal.aborted) break;
  }
  progress.end();
  return failure === null ? ok(done) : err(failure);
}

export const retryFailed = defineCommand({
  name: 'retry-failed',
  description: 'Make failed orders due again, with all attempts before them',
  flags,
  run,
});
