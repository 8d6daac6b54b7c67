import { describe, expect, it } from 'vitest';
import { inParallel } from './in-parallel.ts';

describe('inParallel', () => {
  it('runs each item once, and no more at a time than told', async () => {
    const seen: number[] = [];
    let [running, most] = [0, 0];
    await inParallel([1, 2, 3, 4, 5], 2, async (item) => {
      running += 1;
      most = Math.max(most, running);
      await new Promise((resolve) => setImmediate(resolve));
      seen.push(item);
      running -= 1;
    });
    expect(seen).toEqual([1, 2, 3, 4, 5]);
    expect(most).toBe(2);
  });

  it('rejects when a task does', async () => {
    await expect(inParallel([1], 5, () => Promise.reject(new Error('lost')))).rejects.toThrow('lost');
  });
});
