import { describe, expect, it } from 'vitest';
import { judgeLoad, type LoadMeasurement, quantile } from './judge-load.ts';

const orders = (count: number, status: string, seconds: number | null) =>
  Array.from({ length: count }, () => ({ status, seconds }));
const good: LoadMeasurement = {
  orders: orders(1_000, 'synced', 1),
  heap: [50, 50, 40, 40, 40, 40, 48, 48],
  violations: 0,
};
const failed = (difference: Partial<LoadMeasurement>) =>
  judgeLoad({ ...good, ...difference }, 1_000).filter(({ ok }) => !ok).length;

describe('judgeLoad', () => {
  it('passes 99 % within ten seconds and a heap of 1.2 times that of the second quarter', () => {
    expect(failed({})).toBe(0);
    expect(failed({ orders: [...orders(990, 'synced', 10), ...orders(10, 'no_whatsapp', 11)] })).toBe(0);
  });

  it('fails what is late, lost, unfinished or against the contract', () => {
    expect(failed({ orders: [...orders(989, 'synced', 1), ...orders(11, 'synced', 10.1)] })).toBe(1);
    expect(failed({ orders: [...orders(990, 'synced', 1), ...orders(10, 'failed', null)] })).toBe(1);
    expect(failed({ orders: orders(999, 'synced', 1) })).toBe(1);
    expect(failed({ violations: 1 })).toBe(1);
  });

  it('fails a heap that grows between the second quarter and the last, or was never seen', () => {
    expect(failed({ heap: [50, 50, 40, 40, 40, 40, 49, 49] })).toBe(1);
    expect(failed({ heap: [90, 90, 40, 40, 60, 60, 40, 40] })).toBe(0);
    expect(failed({ heap: [] })).toBe(1);
  });
});

describe('quantile', () => {
  it('is the time within which the share was synced', () => {
    const times = [4, 1, 3, 2].map((seconds) => ({ status: 'synced', seconds }));
    expect([quantile(times, 0.5), quantile(times, 1), quantile([], 0.5)]).toEqual([2, 4, Number.NaN]);
  });
});
