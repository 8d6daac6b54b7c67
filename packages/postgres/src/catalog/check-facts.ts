import type { StoreError } from '@visanet/cbb-sync';
import { err, ok, type Result } from 'neverthrow';
import { misconfigured } from '../client/store-errors.ts';
import { ownColumns, ownColumnTypes } from '../layout/columns.ts';
import { baseName } from '../layout/identifiers.ts';
import { keyTypeOf } from '../layout/key-type.ts';
import type { Layout, RankType } from '../layout/layout.ts';
import { schemaVersion } from '../migrate/schema-version.ts';
import { triggerNames } from '../migrate/trigger-names.ts';
import type { TableFacts } from './table-facts.ts';

const bare = (name: string) => name.replaceAll('"', '');

const catalogNames: Readonly<Record<string, string>> = {
  timestamptz: 'timestamp with time zone',
  timestamp: 'timestamp without time zone',
  varchar: 'character varying',
};

function catalogName(definition: string): string {
  const [word = ''] = definition.split(/[ (]/);
  return catalogNames[word] ?? word;
}

const textual = ['text', 'character varying'];

function fits(actual: string, expected: string): boolean {
  return actual === expected || (textual.includes(actual) && textual.includes(expected));
}

function rankTypeFits(actual: string, rankType: RankType): boolean {
  return fits(actual, catalogName(rankType)) || (rankType === 'bigint' && actual === 'integer');
}

/** Columns of the mapping that the table lacks. */
const missingOf = (orders: NonNullable<TableFacts['orders']>, layout: Layout) =>
  layout.read.map(bare).filter((name) => orders[name] === undefined);

/** What is wrong with the host's own part of the table. */
function hostProblems(facts: TableFacts, layout: Layout): string[] {
  const { orders } = facts;
  const table = bare(layout.orders);
  if (orders === null) {
    return [
      `The orders table ${table} does not exist. Create it (for a trial: cbb migrate --create-table), or name yours in the configuration (store.table of --config).`,
    ];
  }
  if (facts.kind === 'p' && !layout.beside) {
    return [
      `The orders table ${table} is partitioned: keep the state of its orders beside it (store.state of --config).`,
    ];
  }
  if (facts.kind !== 'r' && facts.kind !== 'p') {
    return [`${table} is no table but a view or the like: name the table that holds the orders.`];
  }
  const { orderId, rank } = layout.columns;
  const missing = missingOf(orders, layout);
  const problems =
    missing.length === 0 ? [] : [`${table} lacks columns of the mapping: ${missing.join(', ')}.`];
  const key = orders[bare(orderId)];
  if (key !== undefined && keyTypeOf(key.type) === undefined) {
    problems.push(
      `The order id ${bare(orderId)} is of type ${key.type}: it must be text, varchar, uuid, bigint or integer.`,
    );
  }
  if (key !== undefined && !facts.unique) {
    problems.push(`The order id ${bare(orderId)} has no primary key or unique index of its own.`);
  }
  const rankColumn = orders[bare(rank)];
  if (rankColumn !== undefined && !rankTypeFits(rankColumn.type, layout.rankType)) {
    problems.push(
      `The rank column ${bare(rank)} is of type ${rankColumn.type}, but rankType says ${layout.rankType}.`,
    );
  }
  return problems;
}

/** What is wrong with the part of ours. */
function ownProblems(facts: TableFacts, layout: Layout): string[] {
  const problems: string[] = [];
  const tables = facts.absentTables.map(bare);
  if (facts.state === null) tables.push(bare(layout.state));
  if (tables.length > 0) problems.push(`Tables of the sync are missing: ${tables.join(', ')}.`);
  if (facts.state === null) return problems;
  const state = facts.state;
  const types = Object.entries(ownColumnTypes(layout.rankType)).map(([name, definition]) => ({
    column: bare(Reflect.get(layout.columns, name)),
    expected: catalogName(definition),
  }));
  const missing = types.filter(({ column }) => state[column] === undefined).map(({ column }) => column);
  if (missing.length > 0)
    problems.push(`${bare(layout.state)} lacks columns of the sync: ${missing.join(', ')}.`);
  for (const { column, expected } of types) {
    const actual = state[column]?.type;
    if (actual === undefined || fits(actual, expected)) continue;
    problems.push(
      `The column ${column} of ${bare(layout.state)} is of type ${actual} instead of ${expected}.`,
    );
  }
  const triggers = triggerNames(layout).filter((name) => !facts.triggers.includes(name));
  if (triggers.length > 0)
    problems.push(`${bare(layout.orders)} lacks triggers of the sync: ${triggers.join(', ')}.`);
  const unwatched = unwatchedOf(facts, layout);
  if (triggers.length === 0 && unwatched.length > 0)
    problems.push(`No trigger of the sync watches ${unwatched.join(', ')} of ${bare(layout.orders)}.`);
  // A newer one is that of a deployment under way.
  if (tables.length === 0 && (facts.version ?? 0) < schemaVersion) {
    const found = facts.version === null ? 'of an unfinished or older migration' : `version ${facts.version}`;
    problems.push(`The schema of the sync is ${found}, but version ${schemaVersion} is needed.`);
  }
  return problems;
}

/** Columns of the mapping whose edits nobody would notice. */
function unwatchedOf(facts: TableFacts, layout: Layout): string[] {
  // Before a write a generated column is not known yet: what it is computed from is watched.
  const columns = layout.beside ? layout.watched : sourcesOf(facts, layout.watched);
  return columns.map(bare).filter((name) => !facts.watched.includes(name));
}

/** The first thing that is missing. */
function missingName({ orders, state }: TableFacts, layout: Layout): { table?: string; column?: string } {
  if (orders === null) return { table: baseName(bare(layout.orders)) };
  const [host] = missingOf(orders, layout);
  const own = Object.keys(ownColumns).map((name) => bare(Reflect.get(layout.columns, name)));
  const column = host ?? own.find((name) => state !== null && state[name] === undefined);
  return column === undefined ? {} : { column };
}

const migrateRemedy = 'Run the migrations (cbb migrate), or rename back what was renamed.';

/** The layout with what only the catalog knows, or all that is wrong with the tables. */
export function checkFacts(
  facts: TableFacts,
  layout: Layout,
  parts: 'host' | 'all',
  /** What to do about the part of ours. */
  ownRemedy = migrateRemedy,
): Result<Layout, StoreError> {
  const host = hostProblems(facts, layout);
  const own = parts === 'host' || facts.orders === null ? [] : ownProblems(facts, layout);
  const remedies = [
    ...(facts.orders !== null && missingOf(facts.orders, layout).length > 0
      ? ['Correct the mapping, or give the table these columns.']
      : []),
    ...(own.length > 0 ? [ownRemedy] : []),
  ];
  const problems = [...host, ...own];
  if (problems.length > 0) {
    const details = { cause: 'statement', ...missingName(facts, layout) } as const;
    const remedy = remedies.length === 0 ? {} : { remedy: remedies.join(' ') };
    return err(misconfigured(problems.join(' '), { ...details, ...remedy }));
  }
  const keyType = keyTypeOf(facts.orders?.[bare(layout.columns.orderId)]?.type ?? '') ?? layout.keyType;
  return ok({ ...layout, keyType });
}

/** The columns whose change means that one of those given changed: a trigger does not see generated ones in time. */
export function sourcesOf(facts: TableFacts, columns: readonly string[]): string[] {
  const plain = columns.flatMap((column) => {
    const sources = facts.orders?.[bare(column)]?.sources ?? null;
    return sources === null ? [column] : sources.map((name) => `"${name}"`);
  });
  return [...new Set(plain)];
}
