import { createCbbSyncOrThrow, migrateCbbSync } from '@visanet/cbb-host';
import { createOrdersTable } from '@visanet/cbb-postgres';
import {
  buildOrder,
  type ContractName,
  createSimulator,
  type OrderRow,
  type SimulatorState,
  startSimulatorServer,
} from '@visanet/cbb-testkit';
import { createOrdersDatabase, insertOrder, newName } from '@visanet/test-support';

/** A database in which all is well, made once and copied for each case. */
export interface Template {
  readonly contract: ContractName;
  readonly database: string;
  readonly account: SimulatorState;
  readonly order: OrderRow;
}

export const newDatabase = () => newName('cbb_mistake');

export const simulatorOf = (contract: ContractName, accountId = '1000001') =>
  createSimulator(
    contract === 'plan' ? { seed: 1 } : { contract, accountId, seed: 1, rateLimitPerMinute: 10_000 },
  );

export const hashSecret = 'the pepper of tests';

/** Migrated, with one order whose contact stands at CBB. */
export async function createTemplate(contract: ContractName): Promise<Template> {
  const database = await createOrdersDatabase({
    createTable: createOrdersTable,
    migrate: migrateCbbSync,
    name: newDatabase(),
  });
  const simulator = simulatorOf(contract);
  const server = await startSimulatorServer(simulator);
  const order = buildOrder({
    client_name: 'Ann Example',
    client_email: 'ann@example.com',
    client_phone: '447700900123',
  });
  await insertOrder(database.pool, order);
  const cbb = await createCbbSyncOrThrow({
    environment: {
      CBB_API_URL: server.url,
      CBB_API_KEY: simulator.apiKey,
      CBB_HASH_SECRET: hashSecret,
      DATABASE_URL: database.url,
    },
  });
  const { outcomes } = await cbb.runDue({ budgetMs: 30_000 });
  if (outcomes.created !== 1) throw new Error('the first order was not synced');
  await cbb.close();
  await database.pool.end();
  await server.close();
  return { contract, database: database.name, account: simulator.dump(), order };
}
