import { remedyOf } from '@visanet/cbb-host';
import type { SyncPreview, SyncReport } from '@visanet/cbb-sync';
import { err, ok } from 'neverthrow';
import { type CommandContext, type CommandResult, defineCommand } from '../command.ts';
import { readConfiguration, requireSwitchedOn } from '../compose/configuration.ts';
import { engineFlags } from '../compose/engine-flags.ts';
import { hostFlags, loadHost } from '../compose/host-file.ts';
import { openSession, type Session } from '../compose/session.ts';
import { workFailed, wrongUse } from '../failure.ts';
import { flag, text } from '../options/flags.ts';
import type { Flags } from '../options/read-flags.ts';
import { noteHostEvent } from '../output/host-lines.ts';
import { operatorOf } from '../output/operator.ts';
import { serviceFailed } from '../output/remedy.ts';
import { facts, table } from '../output/table.ts';

const flags = {
  'order-id': text('The order', 'id'),
  force: flag('Write every field again, whatever is known of the contact'),
  'dry-run': flag('Show what would be done: no write, and no call unless --read'),
  read: flag('With --dry-run: look the contact up, to show old values'),
  ...hostFlags,
  ...engineFlags,
};

type SyncOrderFlags = Flags<typeof flags>;

async function run(options: SyncOrderFlags, context: CommandContext): CommandResult {
  const { environment, io, print } = context;
  if (options.read && !options['dry-run']) return err(wrongUse(['--read goes with --dry-run']));
  const callsNothing = options['dry-run'] && !options.read;
  const required = callsNothing ? ['DATABASE_URL'] : ['DATABASE_URL', 'CBB_API_KEY'];
  const read = readConfiguration(environment, required);
  if (read.isErr()) return err(read.error);
  const configuration = read.value;
  const switchedOn = options['dry-run'] ? ok(undefined) : requireSwitchedOn(configuration);
  if (switchedOn.isErr()) return err(switchedOn.error);
  const host = await loadHost(options.config);
  if (host.isErr()) return err(host.error);

  const session = await openSession({
    debug: context.debug,
    environment,
    host: host.value,
    flags: options,
    signal: io.signal,
    concurrency: 1,
    offline: callsNothing,
    onEvent: noteHostEvent(print),
  });
  if (session.isErr()) return err(session.error);
  if (callsNothing && session.value.scopeFrom === 'assumption' && configuration.api.contract === 'auto') {
    print.note(
      'contract plan is assumed, because a dry run makes no call: set CBB_API_CONTRACT, or add --read',
    );
  }
  try {
    return await (options['dry-run']
      ? preview(session.value, options, context)
      : sync(session.value, options, context));
  } finally {
    await session.value.close();
  }
}

async function preview(
  { engine }: Session,
  { 'order-id': orderId, read, force }: SyncOrderFlags,
  { io, print }: CommandContext,
): CommandResult {
  const shown = await engine.preview(orderId, { read, force, history: true, signal: io.signal });
  if (shown.isErr()) return err(serviceFailed(shown.error));
  if (shown.value === null) return err(workFailed(notFound));
  print.result({ dryRun: true, ...shown.value }, previewText(shown.value));
  return ok(0);
}

const notFound = { kind: 'order_not_found', message: 'no order has this id' };

function previewText({ orderId, phone, outcome, held, targetOrderId, calls, changes }: SyncPreview): string {
  const head = facts({
    order: orderId,
    phone,
    outcome,
    reason: held,
    'values of':
      held === null && outcome === null
        ? (targetOrderId ?? 'a newer order, which the contact holds already')
        : null,
    calls: calls.length === 0 ? 'none' : calls.join(', then '),
  });
  if (changes.length === 0) return head;
  const rows = changes.map(({ field, change, newValue, oldValue }) => [
    field,
    change,
    ...(oldValue === undefined ? [] : [`${oldValue ?? '-'} ->`]),
    newValue ?? '',
  ]);
  return `${head}\n\n${table(rows)}`;
}

const unfinished: ReadonlySet<SyncReport['outcome']> = new Set(['failed', 'partial', 'deferred']);

async function sync(
  { engine, store }: Session,
  { 'order-id': orderId, force }: SyncOrderFlags,
  { environment, io, print }: CommandContext,
): CommandResult {
  if (force) {
    const actor = operatorOf(environment);
    const recorded = await store.recordAudit({ action: 'sync-order --force', actor, orderId });
    if (recorded.isErr()) return err(workFailed(recorded.error));
  }
  const synced = await engine.sync(orderId, { force, now: true, history: true, signal: io.signal });
  if (synced.isErr()) return err(workFailed(synced.error));
  const report = synced.value;
  const remedy = remedyOf(report.failure);
  print.result(remedy === null ? report : { ...report, remedy }, reportText(report, remedy));
  if (report.next.kind === 'stop') return err(workFailed(keyRejected));
  return ok(unfinished.has(report.outcome) ? 1 : 0);
}

const keyRejected = { kind: 'key_rejected', message: 'the service rejects the key: check CBB_API_KEY' };

function reportText(report: SyncReport, remedy: string | null): string {
  const { orderId, phone, outcome, status, reason, missingFields, whatsApp, calls, next } = report;
  return facts({
    order: orderId,
    phone,
    outcome,
    status,
    reason,
    '->': remedy,
    missing: missingFields.join(', '),
    whatsapp: whatsApp,
    calls,
    'due again': next.kind === 'retry' || next.kind === 'defer' ? `in ${next.afterMs} ms` : null,
  });
}

export const syncOrder = defineCommand({
  name: 'sync-order',
  description: 'Sync one order now, past the queue',
  flags,
  run,
});
