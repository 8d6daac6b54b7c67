import type { SyncEngine } from '@visanet/cbb-sync';
import { ok, okAsync, ResultAsync } from 'neverthrow';
import { describe, expect, it } from 'vitest';
import { ManualClock } from '../../../sync/test/world/manual-clock.ts';
import type { JobVerdict } from '../port/job-verdict.ts';
import { startDueWorker } from './due-worker.ts';

/** Lets every promise settle that can. */
const settled = () => new Promise<void>((resolve) => setTimeout(resolve, 0));

function gate() {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open: () => open() };
}

function start() {
  const clock = new ManualClock();
  const due: string[] = [];
  const armed: string[] = [];
  const running = new Map<string, (verdict: JobVerdict) => void>();
  const log = { claims: 0, locked: false };
  /** What the store does not answer before the test lets it. */
  const held = { claim: Promise.resolve(), arm: Promise.resolve() };
  const after = <T>(gate: Promise<void>, value: () => T) => new ResultAsync(gate.then(() => ok(value())));
  const engine: SyncEngine = {
    mode: 'on',
    leaseMs: 60_000,
    claimVisibilityMs: 5_000,
    sync: () => {
      throw new Error('the worker runs jobs, not the engine');
    },
    claimDue(limit) {
      log.claims += 1;
      return after(held.claim, () => (log.locked ? [] : due.splice(0, limit)));
    },
    listDue: () => okAsync({ orderIds: [], next: null }),
    arm(orderId) {
      return after(held.arm, () => void armed.push(orderId));
    },
  };
  const worker = startDueWorker({
    engine,
    clock,
    concurrency: 3,
    runJob: ({ jobId }) => new Promise((resolve) => running.set(jobId, resolve)),
    engineFailed: () => {},
  });
  async function end(orderId: string, verdict: JobVerdict): Promise<void> {
    running.get(orderId)?.(verdict);
    running.delete(orderId);
    await settled();
  }
  async function elapse(durationMs: number): Promise<void> {
    clock.advance(durationMs);
    await settled();
  }
  async function nudge(...orderIds: readonly string[]): Promise<void> {
    worker.nudge(orderIds);
    await settled();
  }
  return { worker, due, armed, running, log, held, end, elapse, nudge };
}

const done: JobVerdict = { kind: 'failed', reason: 'invalid_phone' };
const errored: JobVerdict = { kind: 'errored', error: 'store_unavailable', afterMs: 1_000 };

describe('a worker that halts', () => {
  it('gives back at once what waits after a failure, which the store still hides', async () => {
    const { worker, due, armed, running, end, nudge } = start();
    due.push('a', 'b');
    await nudge();
    await end('a', errored);
    expect(armed).toEqual([]);
    await end('b', { kind: 'halted', reason: 'key_rejected', afterMs: 5_000 });
    await worker.pause();
    await worker.end(false);
    expect(armed).toEqual(['a']);
    expect([...running.keys()]).toEqual([]);
  });

  it('gives back what was not started, failed while it ended, or met an engine that is off', async () => {
    const { worker, due, armed, end, nudge } = start();
    due.push('released', 'errored', 'disabled');
    await nudge();
    await worker.pause();
    await end('released', { kind: 'released', afterMs: 0 });
    await end('errored', errored);
    await end('disabled', { kind: 'halted', reason: 'sync_disabled', afterMs: 5_000 });
    expect(armed).toEqual(['released', 'errored', 'disabled']);
  });

  it('leaves an order alone whose time the engine has stored', async () => {
    const { worker, due, armed, end, nudge } = start();
    due.push('a', 'b');
    await nudge();
    await worker.pause();
    await end('a', { kind: 'later', afterMs: 60_000 });
    await end('b', { kind: 'halted', reason: 'key_rejected', afterMs: 5_000 });
    expect(armed).toEqual([]);
  });
});

describe('a stop', () => {
  it('ends when a claim that was under way has given back what it took', async () => {
    const { worker, due, armed, running, held, nudge } = start();
    await settled();
    const [claim, arm] = [gate(), gate()];
    [held.claim, held.arm] = [claim.opened, arm.opened];
    due.push('a');
    await nudge();
    await worker.pause();
    let ended = false;
    const ending = worker.end(false).then(() => {
      ended = true;
    });
    await settled();
    expect(ended).toBe(false);
    claim.open();
    await settled();
    expect(ended).toBe(false);
    arm.open();
    await ending;
    expect(armed).toEqual(['a']);
    expect([...running.keys()]).toEqual([]);
  });
});

describe('the end of a worker', () => {
  it('awaits what a job gives back that ended just before', async () => {
    const { worker, due, armed, running, nudge } = start();
    due.push('a');
    await nudge();
    await worker.pause();
    running.get('a')?.({ kind: 'released', afterMs: 0 });
    await worker.end(false);
    expect(armed).toEqual(['a']);
  });

  it('leaves a job that does not react', async () => {
    const { worker, due, armed, nudge } = start();
    due.push('a');
    await nudge();
    await worker.pause();
    await worker.end(true);
    expect(armed).toEqual([]);
  });
});

describe('a claim that passes over locked orders', () => {
  it('is made again when a run ends, whose locks may have hidden them', async () => {
    const { due, running, log, end, nudge } = start();
    due.push('a');
    await nudge();
    log.locked = true;
    due.push('b');
    await nudge();
    expect([...running.keys()]).toEqual(['a']);
    log.locked = false;
    await end('a', done);
    expect([...running.keys()]).toEqual(['b']);
  });

  it('is made again soon for orders that were just enqueued', async () => {
    const { due, running, log, elapse, nudge } = start();
    log.locked = true;
    due.push('a');
    await nudge('a');
    log.locked = false;
    expect([...running.keys()]).toEqual([]);
    await elapse(500);
    expect([...running.keys()]).toEqual(['a']);
  });

  it('is not repeated for ever, since another worker may have taken them', async () => {
    const { log, elapse, nudge } = start();
    await nudge('taken elsewhere');
    const before = log.claims;
    for (let looks = 0; looks < 10; looks += 1) await elapse(1_000);
    expect(log.claims).toBe(before + 3);
  });

  it('is not repeated once the enqueued orders were handed out', async () => {
    const { due, log, end, elapse, nudge } = start();
    due.push('a');
    await nudge('a');
    await end('a', done);
    const before = log.claims;
    for (let looks = 0; looks < 10; looks += 1) await elapse(1_000);
    expect(log.claims).toBe(before);
  });
});
