import { setTimeout as delay } from 'node:timers/promises';
import type { WorkerProcess } from '../host/start-worker.ts';

const intervalMs = 1_000;

/** Samples the worker's heap after a collection until the work is done. */
export async function sampleHeap(worker: WorkerProcess, work: Promise<unknown>): Promise<number[]> {
  const samples: number[] = [];
  let done = false;
  const ended = work.finally(() => {
    done = true;
  });
  while (!done) {
    await Promise.race([delay(intervalMs), ended]);
    if (!done) samples.push(await worker.heapAfterCollection());
  }
  await ended;
  return samples;
}

/** The mean of the last quarter as a multiple of that of the second. */
export function heapGrowth(samples: readonly number[]): number {
  const quarter = samples.length / 4;
  const mean = (from: number, to: number) => {
    const part = samples.slice(Math.floor(from), Math.ceil(to));
    return part.reduce((sum, bytes) => sum + bytes, 0) / part.length;
  };
  return mean(3 * quarter, samples.length) / mean(quarter, 2 * quarter);
}
