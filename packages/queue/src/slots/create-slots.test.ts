import { describe, expect, it } from 'vitest';
import { createSlots } from './create-slots.ts';

const settled = () => new Promise<void>((resolve) => setTimeout(resolve, 0));

/** A queue's library with slots of one job each; jobs end when the test says so. */
function library(limit: number, refuses = () => false) {
  const waiting: string[] = [];
  const running = new Map<string, () => void>();
  const opened = new Map<string, { run: <R>(work: () => Promise<R>) => Promise<R>; busy: boolean }>();
  const log: string[] = [];

  async function look(slot: string): Promise<void> {
    const open = opened.get(slot);
    if (open === undefined || open.busy) return;
    const job = waiting.shift();
    if (job === undefined) return;
    open.busy = true;
    await open.run(() => new Promise<void>((resolve) => running.set(job, resolve)));
    open.busy = false;
    if (again.delete(slot)) await look(slot);
  }

  const again = new Set<string>();
  const slots = createSlots({
    limit,
    async open(run) {
      if (refuses()) throw new Error('down');
      const slot = `slot-${log.push('open')}`;
      opened.set(slot, { run, busy: false });
      setTimeout(() => void look(slot), 0);
      return slot;
    },
    async close(slot) {
      log.push('close');
      while (opened.get(slot)?.busy === true) await settled();
      opened.delete(slot);
    },
    lookAgain(slot) {
      again.add(slot);
      void look(slot);
    },
  });
  return {
    slots,
    log,
    running: () => [...running.keys()],
    open: () => opened.size,
    async put(...jobs: readonly string[]) {
      waiting.push(...jobs);
      for (const slot of [...opened.keys()]) void look(slot);
      for (let step = 0; step < 8; step += 1) await settled();
    },
    async end(job: string) {
      running.get(job)?.();
      running.delete(job);
      for (let step = 0; step < 8; step += 1) await settled();
    },
  };
}

describe('createSlots', () => {
  it('keeps one slot that looks, whatever the limit', async () => {
    const { slots, open, put, end, running } = library(10);
    await slots.start();
    expect(open()).toBe(1);
    await put('a', 'b', 'c');
    expect(running()).toEqual(['a', 'b', 'c']);
    expect(open()).toBe(4);
    for (const job of ['a', 'b', 'c']) await end(job);
    expect(open()).toBe(1);
  });

  it('runs as many as the limit, and the next when one ends, while another hangs', async () => {
    const { slots, open, put, end, running } = library(2);
    await slots.start();
    await put('hangs', 'a', 'b', 'c');
    expect(running()).toEqual(['hangs', 'a']);
    await end('a');
    expect(running()).toEqual(['hangs', 'b']);
    await end('b');
    await end('c');
    await put('d');
    expect(running()).toEqual(['hangs', 'd']);
    expect(open()).toBe(2);
  });

  it('serves a limit of one', async () => {
    const { slots, put, end, running } = library(1);
    await slots.start();
    await put('a', 'b');
    expect(running()).toEqual(['a']);
    await end('a');
    expect(running()).toEqual(['b']);
  });

  it('rejects a start that the queue refuses, and goes on where it refuses another slot later', async () => {
    let refused = true;
    const { slots, put, end, running } = library(3, () => refused);
    await expect(slots.start()).rejects.toThrow('down');
    refused = false;
    await slots.start();
    refused = true;
    await put('a', 'b');
    expect(running()).toEqual(['a']);
    await end('a');
    expect(running()).toEqual(['b']);
    refused = false;
    await put('c');
    await end('b');
    expect(running()).toEqual(['c']);
  });

  it('stops when every job has ended, and opens none afterwards', async () => {
    const { slots, open, put, end, log } = library(3);
    await slots.start();
    await put('a');
    let stopped = false;
    const stopping = slots.stop().then(() => {
      stopped = true;
    });
    await settled();
    expect(stopped).toBe(false);
    await end('a');
    await stopping;
    expect(open()).toBe(0);
    expect(log.filter((line) => line === 'open')).toHaveLength(2);
  });
});
