import { checkOptions } from '@visanet/cbb-sync';
import { createLayout, type LayoutOptions } from '../layout/layout.ts';
import { layoutRules, mappingProblem } from '../layout/layout-rules.ts';
import { columnsSql, shortTransaction } from './columns-sql.ts';
import { constraintSql, validateSql } from './constraint-sql.ts';
import { historyScript } from './history-sql.ts';
import { indexes } from './indexes-sql.ts';
import type { MigrateOptions } from './migrate.ts';
import { tablesSql } from './tables-sql.ts';

export interface MigrationFile {
  /** E.g. `001_tables.sql`; in the order in which the files run. */
  readonly name: string;
  /** Where the file must not run in a transaction, its first comment says so. */
  readonly sql: string;
}

const lockTimeoutMs = 2_000;
const historyBatch = 2_000;
const alone = 'Must not run in a transaction.';

function file(name: string, about: string, statements: readonly string[]): MigrationFile {
  return {
    name: `${name}.sql`,
    sql: [`-- ${about}`, ...statements.map((text) => `${text};`), ''].join('\n\n'),
  };
}

/**
 * What `migrate` does, as SQL for a host's own migration tool. Each file can run again.
 *
 * @throws TypeError that lists every problem of the options
 */
export function renderMigrations(options: LayoutOptions & Pick<MigrateOptions, 'mapping'>): MigrationFile[] {
  checkOptions('renderMigrations', options, { ...layoutRules, mapping: mappingProblem });
  const layout = createLayout(options, options.mapping);
  return [
    file('001_tables', 'Tables of the sync itself.', tablesSql(layout)),
    file(
      '002_columns_and_trigger',
      `Columns, and triggers that make new and changed orders due. Gives up after ${lockTimeoutMs} ms without a lock: run it again.`,
      [shortTransaction(lockTimeoutMs, columnsSql(layout))],
    ),
    file('003_status_constraint', 'The statuses, then the check of existing rows, which blocks no writer.', [
      shortTransaction(lockTimeoutMs, constraintSql(layout)),
      validateSql(layout),
    ]),
    file(
      '004_indexes',
      `${alone} An index left invalid by a build that broke off must be dropped first.`,
      indexes(layout).map(({ sql }) => sql),
    ),
    file('005_history', `${alone} Orders that existed before are not synced; commits after each batch.`, [
      historyScript(layout, historyBatch),
    ]),
  ];
}
