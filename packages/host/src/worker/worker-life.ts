import type { WorkerEvent } from '@visanet/cbb-queue';
import type { PartEvent } from '../events/host-event.ts';

/** From a start of the worker to its stop. */
export interface WorkerLife {
  /** Aborted by the stop. */
  signal(): AbortSignal;
  begin(): void;
  end(): void;
  /** What the worker tells; why it halted, once. */
  tell(event: WorkerEvent): void;
}

export function createWorkerLife(tell: (event: PartEvent) => void): WorkerLife {
  let stopping = new AbortController();
  let halted = false;
  return {
    signal: () => stopping.signal,
    begin() {
      halted = false;
    },
    end() {
      stopping.abort();
      // Who syncs without a worker, or starts another, is not concerned.
      stopping = new AbortController();
    },
    tell(event) {
      if (event.kind === 'worker-halted') {
        if (halted) return;
        halted = true;
      }
      tell(event);
    },
  };
}
