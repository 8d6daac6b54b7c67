import { describe, expect, it } from 'vitest';
import { candidate, ledger, type PlannedOrder, plannedRules, valuesOf } from '../../test/planner/facts.ts';
import type { Candidate, Ledger } from '../ports/order-store.ts';
import { chooseTarget } from './choose-target.ts';

function choose(
  candidates: readonly Candidate<PlannedOrder>[],
  ownOrderId: string,
  facts: Partial<Ledger> = {},
) {
  return chooseTarget({ ledger: ledger(facts), candidates }, ownOrderId, plannedRules);
}

function unreadable(orderId: string): Candidate<PlannedOrder> {
  const { order: _, ...kept } = candidate(orderId);
  return { ...kept, readable: false, problems: ['city is invalid'] };
}

describe('the target', () => {
  it('is the newest order, whichever order the job was for', () => {
    const candidates = [candidate('C'), candidate('B'), candidate('A')];
    for (const own of ['A', 'B', 'C']) expect(choose(candidates, own).target?.orderId).toBe('C');
  });

  it('is never an order that may not be synced or that left the phone', () => {
    const candidates = [candidate('C', { refusal: 'test' }), candidate('B', { here: false }), candidate('A')];
    expect(choose(candidates, 'A').target?.orderId).toBe('A');
  });

  it.each(['newer', 'applied'] as const)('may be %s', (position) => {
    expect(choose([candidate('A', { position })], 'A').target?.orderId).toBe('A');
  });

  it('never goes back in rank but for a repair', () => {
    const older = candidate('A', { position: 'older' });
    expect(choose([older], 'A').target).toBeNull();
    expect(choose([older], 'A', { repair: true }).target?.orderId).toBe('A');
  });

  it('stays as it is where no order may be synced, repair or not', () => {
    const repair = choose([candidate('A', { refusal: 'test' })], 'A', { repair: true });
    expect(repair).toMatchObject({ target: null, orphaned: true });
    expect(choose([], 'A')).toMatchObject({ target: null, orphaned: false });
  });

  it('is never older than an order from before the sync, not even for a repair', () => {
    const [old, applied] = [
      candidate('B', { position: 'older_than_history' }),
      candidate('A', { position: 'applied' }),
    ];
    expect(choose([old], 'B', { repair: true }).target).toBeNull();
    expect(choose([old, applied], 'B').target?.orderId).toBe('A');
  });

  it('is never an order that cannot be read or mapped', () => {
    const broken = candidate('B', { breaks: 'fields' });
    expect(choose([unreadable('C'), broken, candidate('A')], 'A').target?.orderId).toBe('A');
  });
});

describe('a contact that was left half written', () => {
  const half = { contact: 'exists', appliedHashes: valuesOf('A') } as const;

  it('is driven to the newest order that counts, though its rank is lower', () => {
    const candidates = [candidate('C', { refusal: 'test' }), candidate('B', { position: 'older' })];
    expect(choose(candidates, 'C', half).target?.orderId).toBe('B');
    expect(choose(candidates, 'C', { contact: 'exists', unclean: true }).target?.orderId).toBe('B');
  });

  it('goes back to what was applied where that order left the race too, but gives the same values', () => {
    const applied = candidate('A', { refusal: 'test', position: 'applied', status: 'skipped' });
    const candidates = [candidate('C', { refusal: 'test' }), applied];
    expect(choose(candidates, 'C', half)).toMatchObject({ target: { orderId: 'A' }, orphaned: false });
    expect(choose(candidates, 'C', half).covered).toEqual([]);
    const changed = choose(candidates, 'C', { ...half, appliedHashes: valuesOf('other') });
    expect(changed).toMatchObject({ target: null, orphaned: true });
  });

  it('is told to a person where no order accounts for it', () => {
    const own = candidate('A', { refusal: 'test' });
    expect(choose([own], 'A', half)).toMatchObject({ target: null, orphaned: true });
    expect(choose([own], 'A', { contact: 'exists', unclean: true }).orphaned).toBe(true);
    // Whoever vanished may have made the contact.
    expect(choose([own], 'A', { contact: 'unknown', unclean: true }).orphaned).toBe(true);
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

  it('are none that are newer than the target, because they could not be written', () => {
    const old = candidate('C', { position: 'older_than_history' });
    const candidates = [candidate('D', { breaks: 'fields' }), old, candidate('A', { position: 'applied' })];
    const choice = choose(candidates, 'C');
    expect(choice.covered.map(({ orderId }) => orderId)).toEqual(['A']);
    expect(choice.outdated).toEqual([old]);
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

  it('carries why it is of no use, without a value', () => {
    expect(choose([unreadable('A')], 'A').own).toMatchObject({
      kind: 'unusable',
      failure: 'row_invalid',
      reason: 'row_invalid: city is invalid',
    });
    for (const breaks of ['phone', 'eligible', 'fields'] as const) {
      expect(choose([candidate('A', { breaks })], 'A').own).toMatchObject({
        kind: 'unusable',
        failure: 'mapping_failed',
        reason: `mapping_failed: ${breaks} (RangeError)`,
      });
    }
  });

  it('is outdated where an order from before the sync is newer, unless a newer order covers it', () => {
    const old = candidate('A', { position: 'older_than_history' });
    expect(choose([old], 'A').own.kind).toBe('outdated');
    expect(choose([candidate('B'), old], 'A').own.kind).toBe('eligible');
  });
});
