import { randomUUID } from 'node:crypto';
import { defineMapping, viziMappingDefinition } from '@visanet/cbb-sync';
import {
  createSimulator,
  type Simulator,
  type SimulatorServer,
  startSimulatorServer,
} from '@visanet/cbb-testkit';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import { createCbbSyncOrThrow } from '../src/create-cbb-sync-or-throw.ts';
import type { HostEvent } from '../src/events/host-event.ts';
import { type OrdersDatabase, openOrdersDatabase } from './orders-database.ts';

type Contract = 'plan' | 'v1.1';
type Environment = Readonly<Record<string, string | undefined>>;

/** Nothing listens there. */
export const nowhere = 'http://127.0.0.1:9/api';

/** Made once for a file of tests; each test finds it empty. */
export interface HostBench {
  readonly simulators: Readonly<Record<Contract, Simulator>>;
  readonly servers: Readonly<Record<Contract, SimulatorServer>>;
  readonly database: OrdersDatabase;
  /** What `onEvent` was told. */
  readonly events: readonly HostEvent[];
  readonly onEvent: (event: HostEvent) => void;
  /** The service of this contract and the database, under what is given. */
  environmentOf(contract: Contract, more?: Environment): Environment;
  /** From here on the database keeps contract and account of this service. */
  know(contract: Contract): Promise<void>;
  /** What the sync wrote of an order without an outcome. */
  traceOf(orderId: string): Promise<unknown>;
}

/** A simulated service of each contract, and a migrated database. */
export function useHostBench(): HostBench {
  const simulators = {
    // Files run beside each other, and share a limit in Redis by the key.
    plan: createSimulator({ seed: 1, hasWhatsApp: () => true, apiKey: `key-${randomUUID()}` }),
    'v1.1': createSimulator({ contract: 'v1.1', seed: 1, rateLimitPerMinute: 6_000 }),
  };
  const events: HostEvent[] = [];
  let opened: Pick<HostBench, 'servers' | 'database'> | null = null;

  function open(): Pick<HostBench, 'servers' | 'database'> {
    if (opened === null) throw new Error('The bench is open while tests run.');
    return opened;
  }

  beforeAll(async () => {
    const plan = await startSimulatorServer(simulators.plan);
    const v11 = await startSimulatorServer(simulators['v1.1']);
    opened = { servers: { plan, 'v1.1': v11 }, database: await openOrdersDatabase() };
  });
  beforeEach(() => {
    events.length = 0;
    simulators.plan.reset();
    simulators['v1.1'].reset();
  });
  afterEach(() =>
    open().database.pool.query('TRUNCATE orders, cbb_sync_ledger, cbb_sync_scope, cbb_rate_limits'),
  );
  afterAll(async () => {
    const { servers, database } = open();
    await servers.plan.close();
    await servers['v1.1'].close();
    await database.drop();
  });

  const environmentOf = (contract: Contract, more: Environment = {}): Environment => ({
    CBB_API_URL: open().servers[contract].url,
    CBB_API_KEY: simulators[contract].apiKey,
    CBB_API_RETRY_ATTEMPTS: '0',
    CBB_API_RATE_LIMIT: '6000',
    DATABASE_URL: open().database.url,
    ...more,
  });

  return {
    simulators,
    get servers() {
      return open().servers;
    },
    get database() {
      return open().database;
    },
    events,
    onEvent: (event) => void events.push(event),
    environmentOf,
    async know(contract) {
      const cbb = await createCbbSyncOrThrow({ environment: environmentOf(contract) });
      await cbb.ready();
      await cbb.close();
      simulators[contract].reset();
    },
    async traceOf(orderId) {
      const { rows } = await open().database.pool.query(traceSql, [orderId]);
      return rows[0];
    },
  };
}

const traceSql = `SELECT cbb_sync_status AS status, cbb_sync_attempts AS attempts, cbb_sync_error AS error,
  (SELECT count(*)::int FROM cbb_sync_ledger) AS ledger FROM orders WHERE order_id = $1`;

/** What `traceOf` finds of an order that nobody touched. */
export const untouched = { status: 'pending', attempts: 0, error: null, ledger: 0 };

/** A mapping that writes these fields. */
export function mappingOf(names: readonly string[]) {
  const fields = Object.fromEntries(names.map((name) => [name, { from: 'form_id', type: 'text' } as const]));
  return defineMapping({ ...viziMappingDefinition, fields });
}
