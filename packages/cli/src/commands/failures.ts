import { remedyOf } from '@visanet/cbb-host';
import type { FailureGroup } from '@visanet/cbb-postgres';
import { err, ok } from 'neverthrow';
import { type CommandContext, type CommandResult, defineCommand } from '../command.ts';
import { readConfiguration } from '../compose/configuration.ts';
import { hostFlags, loadHost } from '../compose/host-file.ts';
import { openSession } from '../compose/session.ts';
import { workFailed } from '../failure.ts';
import { failureFilterOf, failureFlags } from '../options/failure-flags.ts';
import type { Flags } from '../options/read-flags.ts';
import { ago } from '../output/ago.ts';
import { noteHostEvent } from '../output/host-lines.ts';

const flags = { ...failureFlags, ...hostFlags };

async function run(options: Flags<typeof flags>, context: CommandContext): CommandResult {
  const read = readConfiguration(context.environment, ['DATABASE_URL']);
  if (read.isErr()) return err(read.error);
  const host = await loadHost(options.config);
  if (host.isErr()) return err(host.error);
  const session = await openSession({
    debug: context.debug,
    environment: context.environment,
    host: host.value,
    flags: {},
    signal: context.io.signal,
    concurrency: 1,
    offline: true,
    onEvent: noteHostEvent(context.print),
  });
  if (session.isErr()) return err(session.error);
  try {
    const groups = await session.value.store.failures(failureFilterOf(options));
    if (groups.isErr()) return err(workFailed(groups.error));
    const total = groups.value.reduce((sum, { orders }) => sum + orders, 0);
    const failures = groups.value.map((group) => ({ ...group, remedy: remedyOf(group.kind) }));
    context.print.result({ failures, total }, report(groups.value));
    return ok(0);
  } finally {
    await session.value.close();
  }
}

function report(groups: readonly FailureGroup[]): string {
  if (groups.length === 0) return 'no order is failed';
  return groups
    .map(({ kind, reason, orders, oldestMs, newestMs, examples }) => {
      const count = `${orders} ${orders === 1 ? 'order' : 'orders'}`;
      const remedy = remedyOf(kind);
      return [
        `${reason === '' ? 'without a reason' : reason}: ${count}${ageOf(oldestMs, newestMs)}`,
        `  ${examples.join(', ')}${orders > examples.length ? ', …' : ''}`,
        ...(remedy === null ? [] : [`  -> ${remedy}`]),
      ].join('\n');
    })
    .join('\n');
}

function ageOf(oldestMs: number | null, newestMs: number | null): string {
  if (oldestMs === null || newestMs === null) return '';
  const [oldest, newest] = [ago(oldestMs), ago(newestMs)];
  return oldest === newest ? `, ${oldest} ago` : `, ${oldest} to ${newest} ago`;
}

export const failures = defineCommand({
  name: 'failures',
  description: 'Show failed orders by reason: how many, since when, and what to do',
  flags,
  run,
});
