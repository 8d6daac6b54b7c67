import type { MemoryState } from '../../src/memory-store/state.ts';
import type { OrderStore } from '../../src/ports/order-store.ts';
import type { Ticket } from '../world/ticket.ts';

const kinds = [
  'a call hangs',
  'a knock comes before a pause that the service asked for',
  'the host holds the order of a job',
  'the host holds a sibling of the order that is synced',
  'a turn comes while a write is left half done',
  'history keeps an older order out',
  'history is asked for',
] as const;

export type Occurrence = (typeof kinds)[number];

/** How often each of what a scenario is to try really happened, in all schedules of a run. */
export class Occurrences {
  readonly counts = new Map<Occurrence, number>(kinds.map((kind) => [kind, 0]));

  note(kind: Occurrence): void {
    this.counts.set(kind, (this.counts.get(kind) ?? 0) + 1);
  }
}

/** Notes what happens at the store, and tells of a pause that was cut short by the very statement that had to keep it. */
export function watchStore(
  store: OrderStore<Ticket>,
  state: MemoryState<Ticket>,
  occurrences: Occurrences,
  problems: string[],
): OrderStore<Ticket> {
  const note = (kind: Occurrence) => occurrences.note(kind);
  /** Phones on which another order came while they were held. */
  const knocked = new Set<string>();
  return {
    ...store,
    admit: (orderId) =>
      store.admit(orderId).map((answer) => {
        if (answer === 'admitted') note('history is asked for');
        return answer;
      }),
    begin: (input) =>
      store.begin(input).map((answer) => {
        const { phoneKey } = input.phone;
        if (answer.kind === 'locked') note('the host holds the order of a job');
        if (answer.kind === 'busy') knocked.add(phoneKey);
        if (answer.kind !== 'acquired') return answer;
        knocked.delete(phoneKey);
        if (answer.snapshot.candidates.some(({ position }) => position === 'older_than_history')) {
          note('history keeps an older order out');
        }
        return answer;
      }),
    complete: (input) =>
      store.complete(input).map((answer) => {
        const isSibling = (orderId: string) => orderId !== input.orderId;
        if (answer.kind === 'completed' && answer.locked.some(isSibling)) {
          note('the host holds a sibling of the order that is synced');
        }
        return answer;
      }),
    release(input) {
      const { orderId, version, status, dueInMs } = input.own;
      const until = state.clock.now() + dueInMs;
      return store.release(input).map((answer) => {
        if (answer.kind !== 'released' || answer.locked || status !== 'pending' || dueInMs === 0)
          return answer;
        if (knocked.has(input.phone.phoneKey)) {
          note('a knock comes before a pause that the service asked for');
        }
        const row = state.rows.get(orderId);
        const isAsLeft = row !== undefined && row.version === version && row.status === 'pending';
        if (isAsLeft && row.dueAt !== until)
          problems.push(`${orderId} does not wait as long as it was asked to`);
        return answer;
      });
    },
  };
}
