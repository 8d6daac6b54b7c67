import type { CallKind } from './measure.ts';
import type { BenchResult, Standing } from './run-bench.ts';
import type { FloorRow, StepKind } from './trace/floor.ts';

const stepKinds: readonly StepKind[] = [
  'new customer',
  'new customer without WhatsApp',
  'new customer with a bad phone',
  'further order',
  'burst of further orders',
  'edit',
  'redelivery',
];
const kinds: readonly CallKind[] = [...stepKinds, 'set-up'];

interface Column {
  readonly title: string;
  readonly calls: Readonly<Partial<Record<CallKind, number>>>;
  readonly total: number;
  readonly ratio: string;
  readonly cpu: string;
  readonly wrong: string;
}

function callsByKind(rows: readonly FloorRow[]): Partial<Record<StepKind, number>> {
  const calls: Partial<Record<StepKind, number>> = {};
  for (const row of rows) calls[row.kind] = (calls[row.kind] ?? 0) + row.calls;
  return calls;
}

function eventsByKind({ floors }: BenchResult): Partial<Record<CallKind, number>> {
  const events: Partial<Record<CallKind, number>> = {};
  for (const row of floors[0]?.rows ?? []) events[row.kind] = (events[row.kind] ?? 0) + row.events.length;
  return events;
}

function floorColumn(pricing: string, rows: readonly FloorRow[], total: number): Column {
  return {
    title: `floor, ${pricing}`,
    calls: callsByKind(rows),
    total,
    ratio: '1.000',
    cpu: '–',
    wrong: '0',
  };
}

function standingColumn({ name, calls, total, ratio, cpuMsPerSyncedOrder, wrongContacts }: Standing): Column {
  const cpu = `${cpuMsPerSyncedOrder.toFixed(2)} ms`;
  return { title: name, calls, total, ratio: ratio.toFixed(3), cpu, wrong: String(wrongContacts) };
}

/** Calls per event of each kind, side by side. */
export function formatResult(result: BenchResult): string {
  const events = eventsByKind(result);
  const eventsOf = (kind: CallKind) => events[kind] ?? 0;
  const columns = [
    ...result.standings.map(standingColumn),
    ...result.floors.map(({ pricing, rows, total }) => floorColumn(pricing, rows, total)),
  ];
  const perEvent = (column: Column, kind: CallKind) => {
    const calls = column.calls[kind] ?? 0;
    const count = eventsOf(kind);
    return count === 0 ? String(calls) : (calls / count).toFixed(3);
  };
  const lines = [
    ['calls per event', 'events', ...columns.map(({ title }) => title)],
    ...kinds.map((kind) => [
      kind,
      String(eventsOf(kind)),
      ...columns.map((column) => perEvent(column, kind)),
    ]),
    ['calls in total', String(result.events), ...columns.map(({ total }) => String(total))],
    ['ratio to the floor', '', ...columns.map(({ ratio }) => ratio)],
    ['CPU per synced order', '', ...columns.map(({ cpu }) => cpu)],
    ['wrong contacts at the end', '', ...columns.map(({ wrong }) => wrong)],
  ];
  const widths = (lines[0] ?? []).map((_, index) =>
    Math.max(...lines.map((line) => line[index]?.length ?? 0)),
  );
  const table = lines.map((line) =>
    line
      .map((cell, index) => (index === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[index] ?? 0)))
      .join('  '),
  );
  const verdict = result.failures.length === 0 ? ['All within their limits.'] : result.failures;
  return [`contract ${result.contract}`, ...table, ...verdict].join('\n');
}

/** The same for machines. */
export function toJson(result: BenchResult): object {
  return {
    contract: result.contract,
    events: result.events,
    eventsByKind: eventsByKind(result),
    floors: result.floors.map(({ pricing, rows, total }) => ({ pricing, calls: callsByKind(rows), total })),
    contenders: result.standings,
    failures: result.failures,
  };
}
