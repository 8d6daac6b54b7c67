import { describe, expect, it } from 'vitest';
import type { WorkerEvent } from '../port/queue-adapter.ts';
import { driveKeyedJobs } from './drive-keyed-jobs.ts';
import { findAbsent } from './find-absent.ts';

type State = 'waiting' | 'late' | 'soon' | 'ended' | 'gone';

/** Jobs by their id, which is that of their order with a `j` before it. */
function create(states: Readonly<Record<string, State>>) {
  const events: WorkerEvent[] = [];
  const done: string[] = [];
  const keys = new Map(Object.keys(states).map((orderId) => [orderId, `j${orderId}`]));
  const stateOf = (jobId: string) => states[jobId.slice(1)] ?? 'waiting';
  const delays = { late: 60_000, soon: 1_000 };
  const driver = driveKeyedJobs(
    {
      add: async (orderIds) =>
        orderIds.map((orderId) => {
          const holder = keys.get(orderId) ?? null;
          if (holder === null) done.push(`add ${orderId}`);
          keys.set(orderId, holder ?? `j${orderId}`);
          return holder;
        }),
      holdersOf: async (orderIds) => orderIds.map((orderId) => keys.get(orderId) ?? null),
      count: async (jobIds) => jobIds.filter((jobId) => stateOf(jobId) !== 'gone').length,
      haveEnded: async (jobIds) => jobIds.map((jobId) => stateOf(jobId) === 'ended'),
      waitUntil: async (jobIds) =>
        jobIds.map((jobId) => {
          const state = stateOf(jobId);
          return state === 'late' || state === 'soon' ? Date.now() + delays[state] : 0;
        }),
      pullForward: async (jobId) => void done.push(`pull ${jobId}`),
      freeKey: async (orderId) => keys.delete(orderId),
    },
    (event) => events.push(event),
  );
  return { driver, done, events };
}

const states = { waits: 'waiting', late: 'late', soon: 'soon', ended: 'ended', gone: 'gone' } as const;
const all = [...Object.keys(states), 'new'];

describe('driveKeyedJobs', () => {
  it('adds what has no job, pulls forward what waits for later, and repairs keys without a job to come', async () => {
    const { driver, done, events } = create(states);
    expect(await driver.push(all)).toBe(3);
    expect(done).toEqual(['add new', 'pull jlate', 'add ended', 'add gone']);
    expect(events).toEqual([
      { kind: 'stray-key-repaired', orderId: 'ended' },
      { kind: 'stray-key-repaired', orderId: 'gone' },
    ]);
  });

  it('misses the orders that a push would help, and writes nothing', async () => {
    const { driver, done } = create(states);
    expect(await driver.missing(all)).toEqual(['late', 'ended', 'gone', 'new']);
    expect(done).toEqual([]);
  });
});

describe('findAbsent', () => {
  it('asks once while all are there, and halves where some are not', async () => {
    const ids = Array.from({ length: 1_000 }, (_, index) => `${index}`);
    const absent = new Set<string>();
    let questions = 0;
    async function count(asked: readonly string[]) {
      questions += 1;
      return asked.filter((id) => !absent.has(id)).length;
    }
    expect([...(await findAbsent(ids, count))]).toEqual([]);
    expect(questions).toBe(1);
    for (const id of ['0', '499', '999']) absent.add(id);
    expect([...(await findAbsent(ids, count))]).toEqual(['0', '499', '999']);
    expect(questions).toBeLessThan(70);
  });
});
