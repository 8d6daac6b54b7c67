import { describe, expect, it } from 'vitest';
import { ManualClock } from '../../../sync/test/world/manual-clock.ts';
import { createWaitingOrders } from './waiting-orders.ts';

describe('waiting orders', () => {
  it('are known until they start', () => {
    const waiting = createWaitingOrders(new ManualClock(), 1_000);
    expect([waiting.add('a'), waiting.add('a')]).toEqual([true, false]);
    waiting.delete('a');
    expect(waiting.add('a')).toBe(true);
  });

  it('are forgotten after a while: another process may have worked them', () => {
    const clock = new ManualClock();
    const waiting = createWaitingOrders(clock, 1_000);
    waiting.add('a');
    clock.advance(999);
    expect(waiting.add('a')).toBe(false);
    clock.advance(1);
    expect(waiting.add('a')).toBe(true);
  });

  it('are 10,000 at most: the oldest are forgotten first', () => {
    const waiting = createWaitingOrders(new ManualClock(), 1_000);
    for (let index = 0; index <= 10_000; index += 1) waiting.add(`order-${index}`);
    expect([waiting.add('order-10000'), waiting.add('order-1')]).toEqual([false, false]);
    expect(waiting.add('order-0')).toBe(true);
  });
});
