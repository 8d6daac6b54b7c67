import { describe, expect, it } from 'vitest';
import type { Check } from '../../host/checks.ts';
import { judgeBacklog } from './backlog.ts';
import { judgeBurst } from './burst.ts';
import { judgeHang } from './hang.ts';
import { judgeHostEdits } from './host-edits.ts';
import { judgeHotPhone } from './hot-phone.ts';
import { judgePause } from './pause.ts';
import { judgeStop } from './stop.ts';

const failed = (checks: readonly Check[]) => checks.filter(({ ok }) => !ok).length;

const hang = {
  report: { outcome: 'deferred', failure: 'timeout' },
  attempts: 1,
  othersSynced: 20,
  unfinished: 0,
  roundMs: 45_000,
} as const;
const burst = { queue: 'bullmq', pricing: 'plan', orders: 100, withinMs: 7_000 } as const;
const burstFound = { calls: 1, statements: 600, jobsLeft: 0, unfinished: 0, tookMs: 7_000 };
const edits = {
  control: 0,
  victims: 0,
  longestWaitMs: 1_000,
  returnedBesideOpenTransaction: 1,
  unfinished: 0,
};
const cost = { walBytes: 0, ms: 1_000, redisCommands: 5_000 };
const backlog = { few: cost, many: { ...cost, redisCommands: 100_000 }, waiting: 100_000 };
const stop = { stopped: true, statementsAfter: 0, leftSyncing: 0, tookMs: 6_000 };

describe('what is as it must be', () => {
  it.each([
    ['hang', judgeHang('pg-boss', hang, 'full')],
    ['pause', judgePause({ requests: 1, attempts: 1, handedOut: 0 })],
    ['burst', judgeBurst(burst, 1, burstFound, 'full')],
    ['hot phone', judgeHotPhone({ rows: 10, walBytes: 1_000 }, { rows: 15, walBytes: 1_500 }, 2)],
    ['backlog', judgeBacklog('bullmq', backlog, 'full')],
    ['host edits', judgeHostEdits(edits, 'full')],
    ['stop', judgeStop('bullmq', stop, 'full')],
  ])('passes: %s', (_, checks) => {
    expect(checks.length).toBeGreaterThan(2);
    expect(failed(checks)).toBe(0);
  });
});

describe('what is not', () => {
  it.each([
    [
      'a lease that was lost',
      judgeHang('pg-boss', { ...hang, report: { outcome: 'deferred', failure: null } }, 'ci'),
    ],
    ['a round without an end', judgeHang('pg-boss', { ...hang, report: null }, 'ci')],
    ['no attempt counted', judgeHang('pg-boss', { ...hang, attempts: 0 }, 'ci')],
    ['a slot held up', judgeHang('pg-boss', { ...hang, othersSynced: 19 }, 'ci')],
    ['a round longer than the lease', judgeHang('pg-boss', { ...hang, roundMs: 60_001 }, 'full')],
    ['a request in the pause', judgePause({ requests: 2, attempts: 1, handedOut: 0 })],
    ['an order handed out in the pause', judgePause({ requests: 1, attempts: 1, handedOut: 1 })],
    ['a call above the floor', judgeBurst(burst, 1, { ...burstFound, calls: 2 }, 'ci')],
    ['a statement too many', judgeBurst(burst, 1, { ...burstFound, statements: 601 }, 'ci')],
    ['a job left', judgeBurst(burst, 1, { ...burstFound, jobsLeft: 1 }, 'ci')],
    ['a slow burst', judgeBurst(burst, 1, { ...burstFound, tookMs: 7_001 }, 'full')],
    ['rows that grow', judgeHotPhone({ rows: 10, walBytes: 1_000 }, { rows: 16, walBytes: 1_500 }, 2)],
    ['a log that grows', judgeHotPhone({ rows: 10, walBytes: 1_000 }, { rows: 15, walBytes: 1_501 }, 2)],
    [
      'a log above its limit',
      judgeBacklog('pg-boss', { ...backlog, many: { ...cost, walBytes: 2 ** 21 } }, 'full'),
    ],
    [
      'commands that grow',
      judgeBacklog('bullmq', { ...backlog, many: { ...cost, redisCommands: 150_001 } }, 'full'),
    ],
    ['a lost job', judgeBacklog('bullmq', { ...backlog, waiting: 99_999 }, 'full')],
    ['a victim', judgeHostEdits({ ...edits, victims: 1 }, 'ci')],
    ['a wait for the host', judgeHostEdits({ ...edits, returnedBesideOpenTransaction: 0 }, 'ci')],
    ['a claim after the stop', judgeStop('bullmq', { ...stop, statementsAfter: 1 }, 'ci')],
  ])('fails once: %s', (_, checks) => {
    expect(failed(checks)).toBe(1);
  });

  it('counts no second in the small size', () => {
    expect(failed(judgeBurst(burst, 1, { ...burstFound, tookMs: 60_000 }, 'ci'))).toBe(0);
    expect(failed(judgeHang('pg-boss', { ...hang, roundMs: 90_000 }, 'ci'))).toBe(0);
  });
});
