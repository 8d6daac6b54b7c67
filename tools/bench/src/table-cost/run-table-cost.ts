import { startServers } from '../host/start-servers.ts';
import type { Figures, Layout, Variant } from './figures.ts';
import { measureMigration } from './measure-migration.ts';
import { measureStatements } from './measure-statements.ts';
import { fill, insertManySql, openTable, type Table } from './table.ts';

const databases = ['plain', 'inline', 'beside'] as const;

async function perOrder(table: Table, first: number, count: number): Promise<number> {
  const before = await table.size();
  await table.client.query(insertManySql(first, count));
  return Math.round(((await table.size()) - before) / count);
}

/** Makes the same table three times on a server of its own, and gives two of them the sync. */
export async function runTableCost(rows: number, tell: (step: string) => void): Promise<Figures> {
  const servers = await startServers('function', false);
  const { url } = servers.postgres;
  const opened: Table[] = [];
  try {
    const administrator = await openTable(url, new URL(url).pathname.slice(1));
    opened.push(administrator);
    tell(`filling ${rows} orders`);
    await administrator.client.query('CREATE DATABASE plain');
    await fill(url, 'plain', rows);
    for (const copy of ['inline', 'beside']) {
      await administrator.client.query(`CREATE DATABASE ${copy} TEMPLATE plain`);
    }
    const migrate = async (layout: Layout) => {
      tell(`migrating, state ${layout}`);
      return measureMigration(url, layout, rows);
    };
    const migrations = { inline: await migrate('inline'), beside: await migrate('beside') };
    const [plain, inline, beside] = [
      await openTable(url, databases[0]),
      await openTable(url, databases[1]),
      await openTable(url, databases[2]),
    ];
    opened.push(plain, inline, beside);
    const plainBytes = await plain.size();
    tell('inserting and updating');
    const tableOf: Readonly<Record<Variant, Table>> = { plain, silent: inline, inline, beside };
    // Far from the orders that were inserted meanwhile.
    const microseconds = await measureStatements(tableOf, 2 * rows);
    const more = Math.ceil(rows / 10);
    const inlineBytes = await perOrder(inline, 4 * rows, more);
    const bytesPerOrder = {
      plain: await perOrder(plain, 4 * rows, more),
      silent: inlineBytes,
      inline: inlineBytes,
      beside: await perOrder(beside, 4 * rows, more),
    };
    return { plainBytes, migrations, bytesPerOrder, microseconds };
  } finally {
    for (const table of opened) await table.close();
    await servers.stop();
  }
}
