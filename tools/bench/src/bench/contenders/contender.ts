import type { TraceEvent } from '../trace/trace-event.ts';

export interface ServiceAccess {
  readonly url: string;
  readonly apiKey: string;
}

/** Somebody who brings orders to the contact service. */
export interface Contender {
  readonly name: string;
  /** Takes all events of a step at once and returns when nothing of them is left to do. */
  workStep(events: readonly TraceEvent[]): Promise<void>;
  /** Orders that it calls synced. */
  syncedOrders(): number;
}
