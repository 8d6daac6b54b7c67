import { Logger } from '@nestjs/common';
import { migrateCbbSync } from '@visanet/cbb-host';
import { Pool } from 'pg';
import { runProcess } from './configuration/run-process';
import { ordersTableSql } from './database/orders-table';

// A step of the deployment, before the new version starts. It can run any number of times.
void runProcess('Migrate', async ({ databaseDirectUrl }) => {
  const pool = new Pool({ connectionString: databaseDirectUrl, max: 2 });
  try {
    await pool.query(ordersTableSql);
    const report = await migrateCbbSync(pool);
    if (report.isErr()) throw new Error(report.error.message);
    new Logger('Migrate').log(`${report.value.applied.length} steps applied`);
  } finally {
    await pool.end();
  }
});
