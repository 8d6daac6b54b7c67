import type { Contender } from './contenders/contender.ts';
import type { StoredContact } from './service/messages.ts';
import type { Service } from './service/start-service.ts';
import { groupByStepAndPhone, type StepKind } from './trace/floor.ts';
import type { TraceEvent } from './trace/trace-event.ts';

/** `set-up`: requests that are about no phone of the trace, made once. */
export type CallKind = StepKind | 'set-up';

export interface Measurement {
  readonly name: string;
  readonly calls: Readonly<Partial<Record<CallKind, number>>>;
  readonly total: number;
  /** User and system time of the contender's process, the service not included. */
  readonly cpuMsPerSyncedOrder: number;
  readonly contacts: readonly StoredContact[];
}

/** Works the trace step by step and counts, at the service, the requests for what happened to each phone. */
export async function measure(
  contender: Contender,
  service: Service,
  trace: readonly TraceEvent[],
): Promise<Measurement> {
  const calls: Partial<Record<CallKind, number>> = {};
  let total = 0;
  let cpuMicroseconds = 0;
  for (const events of stepsOf(trace)) {
    const before = process.cpuUsage();
    await contender.workStep(events);
    const { user, system } = process.cpuUsage(before);
    cpuMicroseconds += user + system;
    const kindOf = kindsByPhone(events);
    for (const phone of await service.takeRequests()) {
      const kind = kindOf(phone);
      calls[kind] = (calls[kind] ?? 0) + 1;
      total += 1;
    }
  }
  return {
    name: contender.name,
    calls,
    total,
    cpuMsPerSyncedOrder: cpuMicroseconds / 1_000 / Math.max(1, contender.syncedOrders()),
    contacts: await service.contacts(),
  };
}

function stepsOf(trace: readonly TraceEvent[]): TraceEvent[][] {
  const steps = new Map<number, TraceEvent[]>();
  for (const event of trace) {
    const events = steps.get(event.step);
    if (events === undefined) steps.set(event.step, [event]);
    else events.push(event);
  }
  return [...steps.values()];
}

/** A request for a phone that nobody of the step has is about a bad phone, if the step has one. */
function kindsByPhone(events: readonly TraceEvent[]): (phone: string | null) => CallKind {
  const groups = groupByStepAndPhone(events);
  const kinds = new Map(groups.map(({ phone, kind }) => [phone, kind]));
  const bad = kinds.get(null);
  return (phone) =>
    (phone === null ? undefined : kinds.get(phone)) ?? (phone === null ? 'set-up' : (bad ?? 'set-up'));
}
