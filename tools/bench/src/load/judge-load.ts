import { above, atLeast, atMost, type Check, exactly } from '../host/checks.ts';
import { heapGrowth } from './measure-heap.ts';
import type { FinishedOrder } from './read-latencies.ts';

export interface LoadMeasurement {
  readonly orders: readonly FinishedOrder[];
  /** Bytes after a collection, in time. */
  readonly heap: readonly number[];
  /** Exchanges that did not fit the contract's document. */
  readonly violations: number;
}

const promptSeconds = 10;
const percent = (part: number, whole: number) => Math.floor((part / whole) * 1_000) / 10;

export function judgeLoad({ orders, heap, violations }: LoadMeasurement, expected: number): Check[] {
  const synced = orders.filter(({ status }) => status === 'synced' || status === 'no_whatsapp');
  const prompt = synced.filter(({ seconds }) => seconds !== null && seconds <= promptSeconds);
  return [
    exactly('orders', orders.length, expected),
    atLeast(
      `% of orders synced within ${promptSeconds} s of being due`,
      percent(prompt.length, expected),
      99,
    ),
    above('% of orders synced', percent(synced.length, expected), 99),
    atMost(
      'heap of the last quarter, as a multiple of the second',
      Math.round(heapGrowth(heap) * 100) / 100,
      1.2,
    ),
    exactly('requests or answers against the contract', violations, 0),
  ];
}

/** The seconds within which this share of the orders was synced. */
export function quantile(orders: readonly FinishedOrder[], share: number): number {
  const sorted = orders.flatMap(({ seconds }) => (seconds === null ? [] : [seconds])).sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}
