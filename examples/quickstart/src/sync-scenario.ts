import { createCbbSyncOrThrow, type HostEvent, presetOf } from '@visanet/cbb-host';
import {
  createMemoryStore,
  type MemoryOrder,
  type MemoryStore,
  parseViziWebhook,
  type SyncReport,
  type ViziOrder,
} from '@visanet/cbb-sync';
import {
  type ContractName,
  createSimulator,
  mixedFaults,
  type SimulatorServer,
  startSimulatorServer,
} from '@visanet/cbb-testkit';
import type { ExpectedFields, Scenario } from './scenario.ts';

export interface SyncOptions {
  /** What the service speaks; nothing else differs. */
  readonly contract: ContractName;
  readonly faults: boolean;
  readonly seed: number;
  readonly onProgress: (done: number, total: number) => void;
}

export interface SyncResult {
  readonly orders: readonly MemoryOrder<ViziOrder>[];
  /** By order id, as they came. */
  readonly reports: ReadonlyMap<string, readonly SyncReport[]>;
  /** Their fields by phone, as the service holds them. */
  readonly contacts: ReadonlyMap<string, ExpectedFields>;
  /** All requests that reached the service. */
  readonly requests: number;
  readonly durationMs: number;
}

const timeLimitMs = 120_000;

/** A real account has about 100; a demonstration should not take minutes. */
const requestsPerMinute = 6_000;

/** The service is on this machine: what waits for a slow network elsewhere is short here. */
const nearby = { client: { timeoutMs: 2_000 }, engine: { callDeadlineMs: 2_000, leaseMs: 3_000 } };

/** With faults everything that waits is shorter still, so that the demonstration ends within seconds. */
const patience = {
  client: {
    timeoutMs: 300,
    retry: { attempts: 4, baseDelayMs: 10, maxDelayMs: 100 },
    circuitBreaker: { failureThreshold: 20, openMs: 100 },
  },
  engine: { callDeadlineMs: 900, leaseMs: 1_000, maxAttempts: 20, backoffBaseMs: 20, backoffMaxMs: 200 },
  faults: { retryAfterMs: 30, slowMs: 10, hangs: true },
};

/** On v1.1 a refusal by the limit names no time and is waited out for most of a minute: left out here. */
function faultsOf(contract: ContractName) {
  const faults = mixedFaults(patience.faults);
  return contract === 'plan' ? faults : faults.filter(({ fault }) => fault.kind !== 'rate_limited');
}

/** The whole path: webhooks become orders, orders become contacts of a service reached over HTTP. */
export async function syncScenario(scenario: Scenario, options: SyncOptions): Promise<SyncResult> {
  const { contract } = options;
  const simulator = createSimulator({
    contract,
    seed: options.seed,
    rateLimitPerMinute: requestsPerMinute,
    hasWhatsApp: scenario.hasWhatsApp,
    faults: options.faults ? faultsOf(contract) : [],
  });
  const server = await startSimulatorServer(simulator);
  const store = createMemoryStore({ mapping: presetOf(contract).mapping });

  const startedAt = performance.now();
  for (const { payload, receivedAt } of scenario.deliveries) {
    const order = parseViziWebhook(payload, receivedAt);
    if (order.isErr()) throw new Error(`A webhook was refused: ${order.error.problems.join('; ')}`);
    store.save(order.value);
  }

  const reports = new Map<string, SyncReport[]>();
  try {
    await workToRest({ server, apiKey: simulator.apiKey, store, options }, (report) => {
      reports.set(report.orderId, [...(reports.get(report.orderId) ?? []), report]);
      options.onProgress(finishedOrders(store), store.list().length);
    });
  } finally {
    await server.close();
  }
  return {
    orders: store.list(),
    reports,
    contacts: new Map(
      [...simulator.contacts.keys()].map((phone) => [phone, simulator.fieldsOf(phone) ?? {}]),
    ),
    requests: simulator.journal.length,
    durationMs: Math.round(performance.now() - startedAt),
  };
}

function finishedOrders(store: MemoryStore<ViziOrder>): number {
  return store.list().filter(({ status }) => status !== 'pending' && status !== 'syncing').length;
}

interface Work {
  readonly server: SimulatorServer;
  readonly apiKey: string;
  readonly store: MemoryStore<ViziOrder>;
  readonly options: SyncOptions;
}

/** Enqueues every order and lets a worker run until none is left. */
async function workToRest(
  { server, apiKey, store, options }: Work,
  onReport: (report: SyncReport) => void,
): Promise<void> {
  let onEvent: (event: HostEvent) => void = () => undefined;
  const { client, engine } = options.faults ? patience : nearby;
  // As in a host, but with its orders in memory: with `DATABASE_URL` they are in Postgres.
  const cbb = await createCbbSyncOrThrow({
    environment: {
      CBB_API_URL: server.url,
      CBB_API_KEY: apiKey,
      CBB_API_RATE_LIMIT: String(requestsPerMinute),
    },
    store,
    clientOptions: client,
    engineOptions: engine,
    onEvent: (event) => onEvent(event),
  });
  let tooLate: NodeJS.Timeout | undefined;
  const rest = new Promise<void>((resolve, reject) => {
    tooLate = setTimeout(() => reject(new Error('The orders did not come to rest in time.')), timeLimitMs);
    onEvent = (event) => {
      if (event.kind === 'job-finished') onReport(event.report);
      if (event.kind === 'worker-halted') reject(new Error(`The worker halted: ${event.reason}.`));
      if (finishedOrders(store) === store.list().length) resolve();
    };
  });
  try {
    await cbb.enqueueMany(store.list().map(({ orderId }) => orderId));
    await cbb.startWorker();
    await rest;
  } finally {
    clearTimeout(tooLate);
    await cbb.close();
  }
}
