import type { MemoryStore } from '../../src/memory-store/create-memory-store.ts';
import type { MemoryState } from '../../src/memory-store/state.ts';
import type { Ticket } from '../world/ticket.ts';
import type { Life } from './expected.ts';
import { applyEdit, type Edit, type HostTransaction, type Scenario } from './scenario.ts';

/** The host of a scenario: its orders, its edits and its transactions, and all that it ever said. */
export function createHost(
  scenario: Scenario,
  table: MemoryStore<Ticket>,
  state: MemoryState<Ticket>,
  passPoints: (count: number) => Promise<void>,
) {
  const said = scenario.tickets.map((row): Ticket[] => [row]);
  for (const [index, row] of scenario.tickets.entries()) {
    if (index < scenario.history) table.host.saveHistory(row);
    else table.save(row);
  }

  function write(edit: Edit): void {
    const rows = said[edit.ticket];
    const last = rows?.at(-1);
    if (rows === undefined || last === undefined) return;
    const edited = applyEdit(last, edit);
    rows.push(edited);
    table.save(edited);
  }

  const isHeld = (tickets: readonly number[]) => tickets.some((index) => state.locks.has(`T${index}`));

  async function edit({ startsAfter, edit }: Scenario['edits'][number]): Promise<void> {
    await passPoints(startsAfter + 1);
    while (isHeld([edit.ticket])) await passPoints(1);
    write(edit);
  }

  /** Takes all its rows at once: what a host's own transactions do to each other is not the question. */
  async function transact({ startsAfter, tickets, forPoints, edit }: HostTransaction): Promise<void> {
    await passPoints(startsAfter + 1);
    while (isHeld(tickets)) await passPoints(1);
    const end = table.host.hold(tickets.map((index) => `T${index}`));
    await passPoints(forPoints);
    if (edit !== undefined && tickets.includes(edit.ticket)) write(edit);
    end();
  }

  return {
    /** Takes a ticket out of the race, unless a transaction holds it; gives whether it did. */
    turnAway(ticket: number): boolean {
      if (isHeld([ticket])) return false;
      write({ kind: 'wanted', ticket, wanted: false });
      return true;
    },
    acts: () => [...scenario.edits.map(edit), ...scenario.transactions.map(transact)],
    lives: (): Life[] =>
      said.map((rows, index) => ({
        rows,
        history: index < scenario.history,
        taken: state.rows.get(`T${index}`)?.status !== 'history',
      })),
  };
}
