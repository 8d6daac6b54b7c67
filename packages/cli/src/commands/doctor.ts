import type { CbbClient, UpdateStrategy } from '@visanet/cbb-client';
import { type HostSettings, openV11Client, settingsOf, tellRefusals } from '@visanet/cbb-host';
import { readScope } from '@visanet/cbb-postgres';
import { err, ok } from 'neverthrow';
import { type CommandContext, type CommandResult, defineCommand } from '../command.ts';
import { readConfiguration } from '../compose/configuration.ts';
import { closePool, openPool } from '../compose/database.ts';
import { hostFailed } from '../compose/host-failed.ts';
import { type Host, hostFlags, loadHost } from '../compose/host-file.ts';
import { queueFlags, queueSettings } from '../compose/queue-flags.ts';
import { type Check, ok as pass } from '../doctor/check.ts';
import { checkAccount, keptContract } from '../doctor/check-account.ts';
import { checkClock } from '../doctor/check-clock.ts';
import { checkConfiguration } from '../doctor/check-configuration.ts';
import { checkDatabase } from '../doctor/check-database.ts';
import { checkDirectConnection } from '../doctor/check-direct.ts';
import { checkFields } from '../doctor/check-fields.ts';
import { checkQueue } from '../doctor/check-queue.ts';
import { checkService, type ServiceFindings } from '../doctor/check-service.ts';
import { probeStrategies } from '../doctor/probe-strategies.ts';
import { flag, text } from '../options/flags.ts';
import type { Flags } from '../options/read-flags.ts';
import { createProgress } from '../output/progress.ts';
import { table } from '../output/table.ts';

const flags = {
  ...queueFlags,
  ...hostFlags,
  'create-fields': flag('v1.1: create the mapped custom fields that the account lacks'),
  'probe-contact': text(
    'v1.1: try the update strategies on this test contact, which is written to',
    'phone',
  ).optional(),
};

type DoctorFlags = Flags<typeof flags>;

async function run(options: DoctorFlags, context: CommandContext): CommandResult {
  const { io, print, environment } = context;
  const required = ['DATABASE_URL', ...queueSettings(options.queue)];
  // Without a key all else can be looked at; beside other problems it is one of them.
  const read = readConfiguration(environment, ['CBB_API_KEY', ...required]).orElse((failure) =>
    readConfiguration(environment, required).mapErr(() => failure),
  );
  if (read.isErr()) return err(read.error);
  const configuration = read.value;
  const loaded = await loadHost(options.config);
  if (loaded.isErr()) return err(loaded.error);
  const host = loaded.value;
  const derived = settingsOf(configuration).mapErr(hostFailed);
  if (derived.isErr()) return err(derived.error);
  const settings = derived.value;

  const checks: Check[] = [...checkConfiguration(configuration, settings.withoutEffect)];
  const progress = createProgress(io, 'checks:');
  const add = (more: readonly Check[]) => {
    checks.push(...more);
    progress.update(checks.length);
  };
  const service = await checkService(settings, io.signal);
  add(service.checks);
  add(await checkMappedFields(service, host, options, io.signal));
  const phone = options['probe-contact'];
  if (phone !== undefined && service.client !== null) {
    add([await probe(phone, service.client, settings, host, io.signal)]);
  }

  const pool = openPool(configuration.databaseUrl ?? '', {
    max: 2,
    statementMs: Math.min(settings.client.timeoutMs, 15_000),
  });
  const client = tellRefusals(pool, context.debug);
  // Nothing is taken of the mapping but names, which no contract changes.
  const stored = await readScope(client, { ...host.layout, mapping: host.mappingOf('plan') });
  const kept = stored.unwrapOr(null);
  const configured = settings.contract === 'auto' ? 'plan' : settings.contract;
  const contract = service.client?.contract ?? keptContract(kept) ?? configured;
  const database = await checkDatabase(client, {
    layout: host.layout,
    mapping: host.mappingOf(contract),
    allowRowSecurity: host.store.allowRowSecurity ?? false,
  });
  add(database.checks);
  if (stored.isOk()) {
    const proven = (await service.client?.scope({ signal: io.signal }))?.unwrapOr(null) ?? null;
    add([checkAccount(kept, proven)]);
  }
  if (database.reachable) add([await checkDirectConnection(configuration.databaseDirectUrl, pool)]);
  const queueIsReachable = options.queue !== 'pg-boss' || database.reachable;
  if (queueIsReachable) add(await checkQueue(options, configuration, pool, context.debug));
  await closePool(pool);
  add(checkClock([...service.clock, ...database.clock]));
  progress.end();

  const failed = checks.some(({ state }) => state === 'failure');
  print.result({ ok: !failed, checks }, report(checks));
  return ok(failed ? 1 : 0);
}

function probe(
  phone: string,
  client: CbbClient,
  settings: HostSettings,
  host: Host,
  signal: AbortSignal,
): Promise<Check> | Check {
  if (client.contract === 'plan') return pass('update strategy', 'contract plan updates in one request');
  const openWith = (updateStrategy: UpdateStrategy) => openV11Client(settings, { updateStrategy });
  return probeStrategies({ phone, fieldTypes: host.fieldTypesOf('v1.1'), signal, openWith });
}

async function checkMappedFields(
  { client }: ServiceFindings,
  host: Host,
  options: DoctorFlags,
  signal: AbortSignal,
): Promise<readonly Check[]> {
  if (client === null) return [];
  if (client.contract === 'v1.1') {
    return checkFields(client.customFields, host.fieldTypesOf('v1.1'), options['create-fields'], signal);
  }
  return [pass('custom fields', 'contract plan takes them by name')];
}

function report(checks: readonly Check[]): string {
  return table(
    checks.flatMap(({ check, state, message, remedy }) => [
      [state, check, message],
      ...(remedy === undefined ? [] : [['', '', `-> ${remedy}`]]),
    ]),
  );
}

export const doctor = defineCommand({
  name: 'doctor',
  description: 'Check configuration, service, account, database and queue, and say what to do',
  flags,
  run,
});
