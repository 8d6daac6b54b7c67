import type fc from 'fast-check';
import { type CbbSyncEngine, createSyncEngine } from '../../src/engine/create-sync-engine.ts';
import { storeOver } from '../../src/memory-store/create-memory-store.ts';
import { emptyState, type MemoryState } from '../../src/memory-store/state.ts';
import type { ContactGateway } from '../../src/ports/contact-gateway.ts';
import type { OrderStore } from '../../src/ports/order-store.ts';
import { FakeService } from '../world/fake-service.ts';
import { ManualClock } from '../world/manual-clock.ts';
import { type Ticket, ticketMapping } from '../world/ticket.ts';
import { faultOf } from './faults.ts';
import { createHost } from './host.ts';
import { Occurrences, watchStore } from './occurrences.ts';
import { problemsOf } from './problems.ts';
import { gatewayThrough, Process, storeThrough } from './process.ts';
import { firstPhone, type Scenario } from './scenario.ts';

const leaseMs = 1_000;
/** Longer than a call may take, shorter than a lease. */
const tickMs = 150;

/** Breaks one guarantee, to prove that the suite would notice. */
export interface Sabotage {
  readonly store?: (store: OrderStore<Ticket>, state: MemoryState<Ticket>) => OrderStore<Ticket>;
  readonly gateway?: (gateway: ContactGateway, state: MemoryState<Ticket>) => ContactGateway;
  /** Makes scenarios in which it can show itself the rule. */
  readonly scenario?: (scenario: Scenario) => Scenario;
}

/** Plays a scenario under a schedule, lets everything recover, and says what is wrong in the end. */
export async function runScenario(
  scenario: Scenario,
  scheduler: fc.Scheduler,
  sabotage: Sabotage = {},
  occurrences = new Occurrences(),
): Promise<string[]> {
  const clock = new ManualClock();
  const state = emptyState(ticketMapping, clock);
  const table = storeOver(state);
  const service = new FakeService();
  const { updatesInOneRequest } = scenario;
  service.capabilities = { ...service.capabilities, updatesInOneRequest };
  const problems: string[] = [];
  const damagedStore = sabotage.store?.(table, state) ?? table;
  const store = watchStore(damagedStore, state, occurrences, problems);
  let scheduled = true;

  const point = (label: string) =>
    scheduled ? scheduler.schedule(Promise.resolve(), label) : Promise.resolve();
  const passPoints = async (count: number) => {
    for (let passed = 0; passed < count; passed += 1) await point('wait');
  };
  const engineOf = (process: Process): CbbSyncEngine => {
    const gateway = gatewayThrough(service, process.through);
    return createSyncEngine({
      store: storeThrough(store, process.through),
      gateway: sabotage.gateway?.(gateway, state) ?? gateway,
      mapping: ticketMapping,
      leaseMs,
      callDeadlineMs: 100,
      backoffBaseMs: 10,
      backoffMaxMs: 20,
      awayRetryMs: 20,
      maxAttempts: 10,
      maxCrashes: 50,
      hashSecret: 'a secret for tests only',
      clock: process.clock,
      random: () => 0.5,
    });
  };
  const host = createHost(scenario, table, state, passPoints);
  service.fault = faultOf(scenario.faults, (kind) => {
    if (kind.startsWith('hangs')) occurrences.note('a call hangs');
    if (kind !== 'half' || scenario.turns === undefined) return;
    if (host.turnAway(scenario.turns)) occurrences.note('a turn comes while a write is left half done');
  });

  const processes: Process[] = [];
  const start = async (
    { startsAfter, fate }: { startsAfter: number; fate: Process['fate'] },
    work: (engine: CbbSyncEngine) => Promise<unknown>,
  ) => {
    const process = new Process(point, clock, fate);
    processes.push(process);
    await process.run(async () => {
      await passPoints(startsAfter);
      await work(engineOf(process));
    });
  };
  const acts: Promise<unknown>[] = [
    ...scenario.jobs.map((job) =>
      start(job, async (engine) => engine.sync(`T${job.ticket}`, { history: job.asks })),
    ),
    ...host.acts(),
    ...Array.from({ length: scenario.leaseExpiries }, async () => {
      await passPoints(10);
      clock.advance(leaseMs + 1);
    }),
  ];
  if (scenario.erase !== undefined) {
    acts.push(start(scenario.erase, async (engine) => engine.erase({ phone: firstPhone })));
  }
  /** What hangs, or waits for the host, ends by the clock alone. */
  const untilDone = async (work: Promise<unknown>) => {
    let done = false;
    const finished = work.finally(() => {
      done = true;
    });
    const tick = async () => {
      while (!done) {
        await passPoints(25);
        clock.advance(tickMs);
      }
    };
    await Promise.all([finished, ...(waits ? [tick()] : [])]);
  };
  const waits =
    scenario.transactions.length > 0 || scenario.faults.some(({ kind }) => kind.startsWith('hangs'));
  await scheduler.waitFor(untilDone(Promise.all(acts)));

  service.fault = () => undefined;
  const frozen = processes.filter(({ fate }) => fate?.kind === 'zombie');
  const recover = async () => {
    const engine = engineOf(new Process(point, clock));
    for (let turn = 0; turn < 40; turn += 1) {
      const due = await engine.claimDue(1);
      const [orderId] = due.unwrapOr([]);
      if (orderId === undefined) return;
      const synced = await engine.sync(orderId);
      if (synced.isErr()) throw new Error(synced.error.message);
    }
  };
  clock.advance(leaseMs + 1);
  const waking = scenario.wake === 'during' ? frozen.map((process) => process.wake()) : [];
  await scheduler.waitFor(untilDone(Promise.all([recover(), recover(), ...waking])));

  scheduled = false;
  const settle = async () => {
    for (let turn = 0; turn < 12; turn += 1) {
      clock.advance(leaseMs + 1);
      await recover();
    }
  };
  await settle();
  await untilDone(Promise.all(frozen.map((process) => process.wake())));
  const operator = engineOf(new Process(point, clock));
  for (let turn = 0; scenario.erase !== undefined && turn < 5; turn += 1) {
    const erased = await operator.erase({ phone: firstPhone });
    if (erased.isOk() && erased.value.kind === 'erased') break;
    clock.advance(leaseMs + 1);
  }
  await settle();
  return [...problems, ...problemsOf(state, service, host.lives(), scenario.erase !== undefined)];
}
