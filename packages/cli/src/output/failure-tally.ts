import { type HostEvent, remedyOf } from '@visanet/cbb-host';

/** Counts what went wrong by its reason: a line for each, however many orders there are. */
export interface FailureTally {
  add(event: HostEvent): void;
  lines(): readonly string[];
}

export function createFailureTally(): FailureTally {
  const counts = new Map<string, number>();
  const halts = new Set<string>();
  const count = (reason: string) => counts.set(reason, (counts.get(reason) ?? 0) + 1);
  return {
    add(event) {
      if (event.kind === 'worker-halted') halts.add(event.message);
      if (event.kind === 'job-errored') count(event.error);
      if (event.kind !== 'job-finished') return;
      const { outcome, reason, failure } = event.report;
      if (outcome === 'failed' || outcome === 'partial') count(reason ?? failure ?? outcome);
    },
    lines: () => [
      ...halts,
      ...[...counts].map(([reason, orders]) => {
        const remedy = remedyOf(reason);
        const what = `${orders} ${orders === 1 ? 'order' : 'orders'} failed: ${reason}`;
        return remedy === null ? what : `${what} -> ${remedy}`;
      }),
    ],
  };
}
