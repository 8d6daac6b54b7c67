import { createCbbClient } from '@visanet/cbb-client';
import type { WorkerEvent } from '@visanet/cbb-queue';
import { createMemoryStore, createSyncEngine, viziMapping } from '@visanet/cbb-sync';
import {
  buildOrder,
  createSimulator,
  type Simulator,
  type SimulatorServer,
  startSimulatorServer,
} from '@visanet/cbb-testkit';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createFunctionSync } from './index.ts';

const patient = { timeout: 20_000 };
let simulator: Simulator;
let server: SimulatorServer;

beforeEach(async () => {
  simulator = createSimulator({ seed: 1 });
  server = await startSimulatorServer(simulator);
});
afterEach(async () => {
  await server.close();
  simulator.assertNoViolations();
});

function storeWith(orders: number) {
  const store = createMemoryStore({ mapping: viziMapping });
  for (let seed = 0; seed < orders; seed += 1) {
    const row = viziMapping.parse(buildOrder({}, { seed }));
    if (row.ok) store.save(row.order);
  }
  return store;
}

type Store = ReturnType<typeof storeWith>;

function connect(store: Store, apiKey = simulator.apiKey, claimVisibilityMs?: number) {
  const client = createCbbClient({
    contract: 'plan',
    baseUrl: server.url,
    apiKey,
    retry: { attempts: 1 },
    circuitBreaker: false,
  });
  const engine = createSyncEngine({
    store,
    gateway: client.contacts,
    mapping: viziMapping,
    backoffBaseMs: 50,
    backoffMaxMs: 50,
    ...(claimVisibilityMs === undefined ? {} : { claimVisibilityMs }),
  });
  const events: WorkerEvent[] = [];
  const sync = createFunctionSync({ engine, onEvent: (event) => void events.push(event) });
  return { engine, events, sync };
}

const statusesOf = (store: Store) => new Set(store.list().map(({ status }) => status));

describe('with the real engine, client and service', { timeout: 60_000 }, () => {
  it('brings stored orders to contacts, through failures and rate limits', async () => {
    const store = storeWith(8);
    const { sync, events } = connect(store);
    simulator.failNext({ kind: 'server_error', status: 503 }, {}, 2);
    simulator.failNext({ kind: 'rate_limited', retryAfterMs: 100 }, {}, 1);
    expect((await sync.startWorker({ sweepIntervalMs: 0, concurrency: 3 })).isOk()).toBe(true);
    await vi.waitFor(() => expect(statusesOf(store)).toEqual(new Set(['synced'])), patient);
    expect(simulator.contacts.size).toBe(8);
    expect(events.some((event) => event.kind === 'job-finished' && event.report.next.kind !== 'done')).toBe(
      true,
    );
    expect((await sync.close())._unsafeUnwrap()).toEqual({ kind: 'drained' });
  });

  it('works them from a handler too, call by call', async () => {
    const store = storeWith(6);
    const { sync } = connect(store);
    const first = (await sync.runDue({ budgetMs: 30_000, limit: 4 }))._unsafeUnwrap();
    expect(first).toMatchObject({ worked: 4, ended: 'limit', outcomes: { created: 4 } });
    const second = (await sync.runDue({ budgetMs: 30_000 }))._unsafeUnwrap();
    expect(second).toMatchObject({ worked: 2, ended: 'nothing_due', outcomes: { created: 2 } });
    const third = (await sync.runDue({ budgetMs: 30_000 }))._unsafeUnwrap();
    expect(third).toMatchObject({ worked: 0, ended: 'nothing_due' });
  });

  it('takes over what another worker claimed and never finished', async () => {
    const store = storeWith(3);
    const lost = connect(store, simulator.apiKey, 300);
    expect((await lost.engine.claimDue(3))._unsafeUnwrap()).toHaveLength(3);
    const { sync } = connect(store);
    expect((await sync.startWorker({ sweepIntervalMs: 50 })).isOk()).toBe(true);
    await vi.waitFor(() => expect(statusesOf(store)).toEqual(new Set(['synced'])), patient);
    expect((await sync.close()).isOk()).toBe(true);
  });

  it('comes back to an order that met a busy phone, although no sweep looks for it', async () => {
    const store = storeWith(1);
    const unwanted = { order_id: 'IL250818IN7', whatsapp_alerts_enabled: false };
    const parsed = viziMapping.parse(buildOrder(unwanted, { seed: 0 }));
    if (parsed.ok) store.save(parsed.order);
    const { sync, events } = connect(store);
    simulator.failNext({ kind: 'latency', delayMs: 500 });
    expect((await sync.startWorker({ sweepIntervalMs: 0 })).isOk()).toBe(true);
    await vi.waitFor(() => expect(statusesOf(store)).toEqual(new Set(['synced', 'skipped'])), patient);
    const reasons = events.map((event) => (event.kind === 'job-finished' ? event.report.reason : null));
    expect(reasons).toContain('phone_busy');
    expect((await sync.close()).isOk()).toBe(true);
  });

  it('tells a handler when an order that met a busy phone can be had again', async () => {
    const store = storeWith(1);
    const parsed = viziMapping.parse(
      buildOrder({ order_id: 'IL250818IN7', whatsapp_alerts_enabled: false }, { seed: 0 }),
    );
    if (parsed.ok) store.save(parsed.order);
    const { sync } = connect(store, simulator.apiKey, 600_000);
    simulator.failNext({ kind: 'latency', delayMs: 500 });
    const { outcomes, nextDueInMs } = (await sync.runDue({ budgetMs: 30_000 }))._unsafeUnwrap();
    expect(outcomes).toMatchObject({ created: 1, deferred: 1 });
    // Its claim hides it for so long.
    expect(nextDueInMs).toBeGreaterThan(500_000);
  });

  it('halts once on a rejected key, costs no order an attempt, and resumes with the right one', async () => {
    const store = storeWith(5);
    const wrong = connect(store, 'wrong-key');
    expect((await wrong.sync.startWorker({ sweepIntervalMs: 50 })).isOk()).toBe(true);
    await vi.waitFor(() => expect(wrong.events.map(({ kind }) => kind)).toContain('worker-halted'), patient);
    expect((await wrong.sync.close()).isOk()).toBe(true);
    expect(wrong.events.filter(({ kind }) => kind === 'worker-halted')).toHaveLength(1);
    expect(statusesOf(store)).toEqual(new Set(['pending']));
    expect(new Set(store.list().map(({ attempts }) => attempts))).toEqual(new Set([0]));

    const { sync } = connect(store);
    expect((await sync.startWorker({ sweepIntervalMs: 50 })).isOk()).toBe(true);
    await vi.waitFor(() => expect(statusesOf(store)).toEqual(new Set(['synced'])), patient);
    expect((await sync.close()).isOk()).toBe(true);
  });

  it('syncs an edit that falls into the middle of a sync', async () => {
    const store = storeWith(1);
    const [row] = store.list();
    const { sync } = connect(store);
    simulator.failNext({ kind: 'latency', delayMs: 200 });
    expect((await sync.startWorker({ sweepIntervalMs: 0 })).isOk()).toBe(true);
    await vi.waitFor(() => expect(simulator.journal).toHaveLength(1), patient);
    const edited = viziMapping.parse(buildOrder({ urgency: 'few_hours', visa_quantity: 9 }, { seed: 0 }));
    if (edited.ok) store.save(edited.order);
    expect((await sync.enqueue(row?.orderId ?? '')).isOk()).toBe(true);
    await vi.waitFor(
      () => expect([...simulator.contacts.values()][0]?.fields.visa_quantity).toBe(9),
      patient,
    );
    await vi.waitFor(() => expect(statusesOf(store)).toEqual(new Set(['synced'])), patient);
    expect((await sync.close()).isOk()).toBe(true);
  });
});
