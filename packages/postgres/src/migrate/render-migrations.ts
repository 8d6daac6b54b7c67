import { checkOptions } from '@visanet/cbb-sync';
import { createLayout, type LayoutOptions } from '../layout/layout.ts';
import { layoutRules, mappingProblem } from '../layout/layout-rules.ts';
import type { OrdersTableOptions } from './check-table.ts';
import { columnsSql, shortTransaction } from './columns-sql.ts';
import { constraintSql, validateSql } from './constraint-sql.ts';
import { indexes } from './indexes-sql.ts';
import { markVersionSql } from './schema-version.ts';
import { tablesSql } from './tables-sql.ts';
import { plainSources } from './trigger-sql.ts';

export interface MigrationFile {
  /** E.g. `001_tables.sql`; in the order in which the files run. */
  readonly name: string;
  /** Where the file must not run in a transaction, its first comment says so. */
  readonly sql: string;
}

const lockTimeoutMs = 2_000;
const alone = 'Must not run in a transaction.';

function file(name: string, about: string, statements: readonly string[]): MigrationFile {
  return {
    name: `${name}.sql`,
    sql: [`-- ${about}`, ...statements.map((text) => `${text};`), ''].join('\n\n'),
  };
}

/**
 * The schema that `migrate` makes, as SQL for a host's own migration tool. Each file can run again. What was there before
 * is history; `migrate`, run once afterwards, keeps its ranks. Generated columns are told from others by `migrate` alone.
 *
 * @throws TypeError that lists every problem of the options
 */
export function renderMigrations(
  options: LayoutOptions & Pick<OrdersTableOptions, 'mapping'>,
): MigrationFile[] {
  checkOptions('renderMigrations', options, { ...layoutRules, mapping: mappingProblem });
  const layout = createLayout(options, options.mapping);
  return [
    file('001_tables', 'Tables of the sync itself.', tablesSql(layout)),
    file(
      '002_columns_and_trigger',
      `Columns, and triggers that make new and changed orders due. Gives up after ${lockTimeoutMs} ms without a lock: run it again.`,
      [shortTransaction(lockTimeoutMs, columnsSql(layout, plainSources(layout)))],
    ),
    file('003_status_constraint', 'The statuses, then the check of existing rows, which blocks no writer.', [
      shortTransaction(lockTimeoutMs, constraintSql(layout)),
      validateSql(layout),
    ]),
    file('004_indexes', `${alone} An index left invalid by a build that broke off must be dropped first.`, [
      ...indexes(layout).map(({ sql }) => sql),
      markVersionSql(layout),
    ]),
  ];
}
