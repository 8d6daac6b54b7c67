import type fc from 'fast-check';
import { type CbbSyncEngine, createSyncEngine } from '../../src/engine/create-sync-engine.ts';
import { storeOver } from '../../src/memory-store/create-memory-store.ts';
import { emptyState, type MemoryState } from '../../src/memory-store/state.ts';
import type { ContactGateway } from '../../src/ports/contact-gateway.ts';
import type { OrderStore } from '../../src/ports/order-store.ts';
import { FakeService, gatewayError } from '../world/fake-service.ts';
import { ManualClock } from '../world/manual-clock.ts';
import { type Ticket, ticketMapping } from '../world/ticket.ts';
import { digitsOf, expectedContacts } from './expected.ts';
import { gatewayThrough, Process, storeThrough } from './process.ts';
import { applyEdit, firstPhone, type Scenario } from './scenario.ts';

const leaseMs = 1_000;

/** Breaks one guarantee, to prove that the suite would notice. */
export interface Sabotage {
  readonly store?: (store: OrderStore<Ticket>, state: MemoryState<Ticket>) => OrderStore<Ticket>;
  readonly gateway?: (gateway: ContactGateway, state: MemoryState<Ticket>) => ContactGateway;
}

/** Plays a scenario under a schedule, lets everything recover, and says what is wrong in the end. */
export async function runScenario(
  scenario: Scenario,
  scheduler: fc.Scheduler,
  sabotage: Sabotage = {},
): Promise<string[]> {
  const clock = new ManualClock();
  const state = emptyState(ticketMapping, clock);
  const table = storeOver(state);
  const service = new FakeService();
  const damagedStore = sabotage.store?.(table, state) ?? table;
  let scheduled = true;
  let writes = 0;
  service.fault = (operation) => {
    if (operation === 'find' || operation === 'checkWhatsApp') return undefined;
    writes += 1;
    return scenario.lostAnswers.includes(writes - 1)
      ? { when: 'after', error: gatewayError('timeout') }
      : undefined;
  };

  const point = (label: string) =>
    scheduled ? scheduler.schedule(Promise.resolve(), label) : Promise.resolve();
  const engineOf = (process: Process): CbbSyncEngine => {
    const gateway = gatewayThrough(service, process.through);
    return createSyncEngine({
      store: storeThrough(damagedStore, process.through),
      gateway: sabotage.gateway?.(gateway, state) ?? gateway,
      mapping: ticketMapping,
      leaseMs,
      callDeadlineMs: 100,
      backoffBaseMs: 10,
      backoffMaxMs: 20,
      maxAttempts: 10,
      maxCrashes: 50,
      hashSecret: 'a secret for tests only',
      clock: process.clock,
      random: () => 0.5,
    });
  };

  const tickets = [...scenario.tickets];
  for (const row of tickets) table.save(row);

  const processes: Process[] = [];
  const passPoints = async (count: number) => {
    for (let passed = 0; passed < count; passed += 1) await point('wait');
  };
  const start = (
    { startsAfter, fate }: { startsAfter: number; fate: Process['fate'] },
    work: (engine: CbbSyncEngine) => Promise<unknown>,
  ) => {
    const process = new Process(point, clock, fate);
    processes.push(process);
    return process.run(async () => {
      await passPoints(startsAfter);
      await work(engineOf(process));
    });
  };
  const acts = [
    ...scenario.jobs.map((job) => start(job, async (engine) => engine.sync(`T${job.ticket}`))),
    ...scenario.edits.map(async ({ startsAfter, edit }) => {
      await passPoints(startsAfter + 1);
      const edited = applyEdit(tickets, edit);
      if (edited === undefined) return;
      tickets[edit.ticket] = edited;
      table.save(edited);
    }),
    ...Array.from({ length: scenario.leaseExpiries }, async () => {
      await passPoints(10);
      clock.advance(leaseMs + 1);
    }),
  ];
  if (scenario.erase !== undefined) {
    acts.push(start(scenario.erase, async (engine) => engine.erase({ phone: firstPhone })));
  }
  await scheduler.waitFor(Promise.all(acts));

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
  await scheduler.waitFor(Promise.all([recover(), recover(), ...waking]));

  scheduled = false;
  const settle = async () => {
    for (let turn = 0; turn < 12; turn += 1) {
      clock.advance(leaseMs + 1);
      await recover();
    }
  };
  await settle();
  await Promise.all(frozen.map((process) => process.wake()));
  const operator = engineOf(new Process(point, clock));
  for (let turn = 0; scenario.erase !== undefined && turn < 5; turn += 1) {
    const erased = await operator.erase({ phone: firstPhone });
    if (erased.isOk() && erased.value.kind === 'erased') break;
    clock.advance(leaseMs + 1);
  }
  await settle();
  return problemsOf(state, service, tickets, scenario.erase !== undefined);
}

function problemsOf(
  state: MemoryState<Ticket>,
  service: FakeService,
  tickets: readonly Ticket[],
  erased: boolean,
): string[] {
  const problems: string[] = [];
  const contacts = [...service.contacts.values()]
    .map(({ id, fields }) => ({ id, fields: Object.fromEntries([...fields].sort()) }))
    .sort((a, b) => a.id.localeCompare(b.id));
  const expected = expectedContacts(tickets, new Set(erased ? [firstPhone] : [])).map(({ id, fields }) => ({
    id,
    fields: Object.fromEntries(Object.entries(fields).sort()),
  }));
  if (JSON.stringify(contacts) !== JSON.stringify(expected)) {
    problems.push(`contacts ${JSON.stringify(contacts)} instead of ${JSON.stringify(expected)}`);
  }
  for (const { id, phone } of tickets) {
    const wanted = erased && digitsOf(phone) === firstPhone ? 'skipped' : 'synced';
    const row = state.rows.get(id);
    if (row?.status !== wanted)
      problems.push(`${id} is ${row?.status} (${row?.reason}) instead of ${wanted}`);
  }
  for (const ledger of state.ledgers.values()) if (ledger.lease !== null) problems.push('a lease is left');
  if (!erased) {
    for (const count of service.creates.values()) if (count > 1) problems.push('a contact was created twice');
  }
  return problems;
}
