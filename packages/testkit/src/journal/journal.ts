import type { FaultKind } from '../faults/fault.ts';

/** One exchange, without anything of a customer. */
export interface JournalEntry {
  /** From 1, in the order of arrival. */
  readonly sequence: number;
  /** Null: no such operation. */
  readonly operationId: string | null;
  readonly method: string;
  readonly pathTemplate: string | null;
  /** Null while it is under way, and where no answer was sent. */
  readonly status: number | null;
  readonly fault: FaultKind | null;
  readonly latencyMs: number;
  /** Whether the request was carried out, by the simulator's clock and state. */
  readonly carriedOut: boolean;
  /** Arrival, by the simulator's clock. */
  readonly atMs: number;
}

/** A request as it came, for replay against another server; its key is left out. Holds the test's own data. */
export interface RecordedRequest {
  readonly sequence: number;
  readonly method: string;
  /** Path and query below the base path, as sent. */
  readonly target: string;
  readonly contentType: string | null;
  readonly body: string;
}

export interface Journal {
  readonly entries: readonly JournalEntry[];
  readonly requests: readonly RecordedRequest[];
  /** Requests by operation since the last reset; unknown operations count as `unknown`. */
  readonly counts: Readonly<Record<string, number>>;
  arrive(
    request: Omit<RecordedRequest, 'sequence'>,
    route: Pick<JournalEntry, 'operationId' | 'pathTemplate' | 'atMs'>,
  ): number;
  complete(
    sequence: number,
    result: Pick<JournalEntry, 'status' | 'fault' | 'latencyMs' | 'carriedOut'>,
  ): void;
}

/** Keeps the last `limit` exchanges; the counts go on. */
export function createJournal(limit: number): Journal {
  const entries: JournalEntry[] = [];
  const requests: RecordedRequest[] = [];
  const counts: Record<string, number> = {};
  let arrived = 0;

  return {
    entries,
    requests,
    counts,
    arrive(request, route) {
      arrived += 1;
      entries.push({
        sequence: arrived,
        method: request.method,
        ...route,
        status: null,
        fault: null,
        latencyMs: 0,
        carriedOut: false,
      });
      requests.push({ sequence: arrived, ...request });
      if (entries.length > limit) {
        entries.shift();
        requests.shift();
      }
      const operation = route.operationId ?? 'unknown';
      counts[operation] = (counts[operation] ?? 0) + 1;
      return arrived;
    },
    complete(sequence, result) {
      const index = sequence - (arrived - entries.length) - 1;
      const entry = entries[index];
      if (entry !== undefined) entries[index] = { ...entry, ...result };
    },
  };
}
