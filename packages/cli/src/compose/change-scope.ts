import type { ProvenScope } from '@visanet/cbb-client';
import { settingsOf, tellRefusals } from '@visanet/cbb-host';
import {
  type ChangeScopeOptions,
  type PostgresClient,
  type ScopeSurvey,
  surveyScope,
} from '@visanet/cbb-postgres';
import type { StoreError } from '@visanet/cbb-sync';
import { err, ok, type ResultAsync } from 'neverthrow';
import type { CommandContext, CommandResult } from '../command.ts';
import { workFailed } from '../failure.ts';
import { flag } from '../options/flags.ts';
import type { Flags } from '../options/read-flags.ts';
import { operatorOf } from '../output/operator.ts';
import { scopeFacts } from '../output/scope-facts.ts';
import { askScope } from './ask-scope.ts';
import { readConfiguration } from './configuration.ts';
import { confirm } from './confirm.ts';
import { closePool, openPool } from './database.ts';
import { hostFailed } from './host-failed.ts';
import { type Host, hostFlags, loadHost } from './host-file.ts';

export const changeScopeFlags = {
  yes: flag('Do it without a question'),
  'dry-run': flag('Only show what would be done'),
  ...hostFlags,
};

export interface ScopeChange {
  readonly action: 'adopt' | 'separate';
  /** What becomes of what the ledger holds. */
  readonly effect: (survey: ScopeSurvey) => string;
  readonly change: (client: PostgresClient, options: ChangeScopeOptions) => ResultAsync<unknown, StoreError>;
}

type ChangeFlags = Flags<typeof changeScopeFlags>;

const statementMs = 60_000;

const unproven =
  'contract plan tells no accounts apart: that CBB_API_KEY opens the right account is only your word';

/** Shows whose database this is and what would become of it, and does it when a person has said so. */
export async function changeScope(
  change: ScopeChange,
  options: ChangeFlags,
  context: CommandContext,
): CommandResult {
  const read = readConfiguration(context.environment, ['DATABASE_URL', 'CBB_API_KEY']);
  if (read.isErr()) return err(read.error);
  const host = await loadHost(options.config);
  if (host.isErr()) return err(host.error);
  const settings = settingsOf(read.value).mapErr(hostFailed);
  if (settings.isErr()) return err(settings.error);
  const proven = await askScope(settings.value, context.io.signal);
  if (proven.isErr()) return err(proven.error);
  const pool = openPool(read.value.databaseUrl ?? '', { max: 1, statementMs });
  try {
    const client = tellRefusals(pool, context.debug);
    return await lookAndChange({ change, client, host: host.value, proven: proven.value }, options, context);
  } finally {
    await closePool(pool);
  }
}

interface Parts {
  readonly change: ScopeChange;
  readonly client: PostgresClient;
  readonly host: Host;
  readonly proven: ProvenScope;
}

async function lookAndChange(
  { change: { action, effect, change }, client, host, proven }: Parts,
  options: ChangeFlags,
  { environment, io, print }: CommandContext,
): CommandResult {
  const scopeOptions = { ...host.layout, mapping: host.mappingOf(proven.contract) };
  const surveyed = await surveyScope(client, scopeOptions);
  if (surveyed.isErr()) return err(workFailed(surveyed.error));
  const survey = surveyed.value;
  const dryRun = options['dry-run'];
  const accountUnproven = proven.contract === 'plan';
  const shown = scopeFacts(survey, proven, effect(survey));
  const document = { action, proven, ...survey, accountUnproven };
  if (dryRun) {
    print.result({ ...document, dryRun, done: false }, shown);
  } else io.stderr(`${shown}\n`);
  if (accountUnproven) print.note(unproven);
  if (dryRun) return ok(0);
  if (!options.yes) {
    const { database: name } = survey.identity;
    const question = `To ${action} it, type the name of the database (${name}):`;
    const confirmed = await confirm(io, { name, question, otherwise: 'add --yes to do it' });
    if (confirmed.isErr()) return err(confirmed.error);
  }
  const changed = await change(client, { ...scopeOptions, scope: proven, actor: operatorOf(environment) });
  if (changed.isErr()) return err(workFailed(changed.error));
  print.result({ ...document, dryRun, done: true }, `done: ${action}`);
  return ok(0);
}
