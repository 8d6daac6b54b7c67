import { describe, expect, it } from 'vitest';
import { candidate, ledger, type PlannedOrder } from '../../test/planner/facts.ts';
import type { Eligibility } from '../mapping/mapping.ts';
import type { Candidate } from '../ports/order-store.ts';
import { chooseTarget } from './choose-target.ts';

const mapping = {
  eligibilityOf: ({ refusal }: PlannedOrder): Eligibility =>
    refusal === null ? { eligible: true } : { eligible: false, reason: refusal },
};

function choose(candidates: readonly Candidate<PlannedOrder>[], ownOrderId: string, repair = false) {
  const snapshot = { ledger: ledger({ repair }), candidates };
  return chooseTarget(snapshot, ownOrderId, mapping, ({ here }) => here);
}

describe('the target', () => {
  it('is the newest order, whichever order the job was for', () => {
    const candidates = [candidate('C'), candidate('B'), candidate('A')];
    for (const own of ['A', 'B', 'C']) expect(choose(candidates, own).target).toBe(candidates[0]);
  });

  it('is never an order that may not be synced or that left the phone', () => {
    const eligible = candidate('A');
    const candidates = [candidate('C', { refusal: 'test' }), candidate('B', { here: false }), eligible];
    expect(choose(candidates, 'A').target).toBe(eligible);
  });

  it.each(['newer', 'applied'] as const)('may be %s', (position) => {
    expect(choose([candidate('A', { position })], 'A').target?.orderId).toBe('A');
  });

  it('never goes back in rank but for a repair', () => {
    const older = candidate('A', { position: 'older' });
    expect(choose([older], 'A').target).toBeNull();
    expect(choose([older], 'A', true).target).toBe(older);
  });

  it('stays as it is where no order may be synced, repair or not', () => {
    expect(choose([candidate('A', { refusal: 'test' })], 'A', true).target).toBeNull();
    expect(choose([], 'A').target).toBeNull();
  });
});

describe('covered orders', () => {
  it('are the unfinished ones, finished together with the target', () => {
    const statuses = ['pending', 'syncing', 'failed', 'synced', 'no_whatsapp', 'skipped'] as const;
    const candidates = statuses.map((status) => candidate(status, { status }));
    const { covered } = choose(candidates, 'pending');
    expect(covered.map(({ status }) => status)).toEqual(['pending', 'syncing', 'failed']);
  });

  it('are covered also when the contact holds newer values already', () => {
    expect(choose([candidate('A', { position: 'older' })], 'A').covered).toHaveLength(1);
  });

  it('are neither orders that may not be synced nor orders of another phone', () => {
    const candidates = [candidate('A'), candidate('B', { refusal: 'test' }), candidate('C', { here: false })];
    expect(choose(candidates, 'A').covered).toEqual([candidates[0]]);
  });
});

describe("the job's own order", () => {
  it('is told apart from the target', () => {
    const candidates = [candidate('B'), candidate('A')];
    expect(choose(candidates, 'A').own).toEqual({ kind: 'eligible', candidate: candidates[1] });
  });

  it('carries the reason for which it may not be synced', () => {
    const own = candidate('A', { refusal: 'test' });
    const choice = choose([candidate('B'), own], 'A');
    expect(choice.own).toEqual({ kind: 'ineligible', candidate: own, reason: 'test' });
  });

  it('is elsewhere when its phone was edited or its row is gone', () => {
    expect(choose([candidate('B'), candidate('A', { here: false })], 'A').own).toEqual({ kind: 'elsewhere' });
    expect(choose([candidate('B')], 'A').own).toEqual({ kind: 'elsewhere' });
  });
});
