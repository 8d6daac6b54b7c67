import fc from 'fast-check';
import { expect, it } from 'vitest';
import { candidate, ledger, plannedRules } from '../../test/planner/facts.ts';
import type { OrderStatus } from '../ports/order-store.ts';
import { chooseTarget } from './choose-target.ts';

const order = fc.record({
  status: fc.constantFrom<OrderStatus>('pending', 'syncing', 'failed', 'synced', 'no_whatsapp', 'skipped'),
  here: fc.boolean(),
  refusal: fc.option(fc.constant('test')),
});

/** Newest first, with one place in the list where the applied rank stands, or stood. */
const snapshot = fc
  .record({
    orders: fc.array(order, { maxLength: 6 }),
    applied: fc.nat(7),
    gone: fc.boolean(),
    repair: fc.boolean(),
  })
  .map(({ orders, applied, gone, repair }) => ({
    ledger: ledger({ repair }),
    candidates: orders.map((facts, index) => {
      const behind = index > applied || (gone && index === applied) ? 'older' : 'newer';
      return candidate(`order ${index}`, {
        ...facts,
        position: index === applied && !gone ? 'applied' : behind,
      });
    }),
  }));

it('applies the newest order that counts, never goes back without a repair, and finishes nothing too early', {
  timeout: 60_000,
}, () => {
  fc.assert(
    fc.property(snapshot, fc.nat(6), (given, own) => {
      const { target, covered } = chooseTarget(given, `order ${own}`, plannedRules);
      const counts = given.candidates.filter(({ order }) => order.here && order.refusal === null);
      const [newest] = counts;
      if (target === null) {
        expect([undefined, 'older']).toContain(newest?.position);
        if (newest !== undefined) expect(given.ledger.repair).toBe(false);
      } else {
        expect(target.orderId).toBe(newest?.orderId);
        if (newest?.position === 'older') expect(given.ledger.repair).toBe(true);
      }
      // What is finished holds the applied values or older ones, and nothing unfinished that counts is left out.
      if (target === null) expect(covered.every(({ position }) => position === 'older')).toBe(true);
      const finished = ['synced', 'no_whatsapp', 'skipped'];
      expect(covered).toEqual(counts.filter(({ status }) => !finished.includes(status)));
    }),
    { numRuns: 1_000 },
  );
});
