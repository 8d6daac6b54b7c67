import { describe, expect, it } from 'vitest';
import { gatewayError } from '../../test/world/fake-service.ts';
import { createWorld } from '../../test/world/world.ts';
import type { GatewayErrorKind } from '../ports/contact-gateway.ts';

const hour = 3_600_000;

function away(kind: GatewayErrorKind, options = {}) {
  const world = createWorld({ random: () => 0.5, ...options });
  world.save({ id: 'A' });
  world.service.fault = () => ({ when: 'before', error: gatewayError(kind, { effect: 'none' }) });
  return world;
}

/** Runs the order whenever it is due, for so long or until it ends; the waits between. */
async function live(world: ReturnType<typeof createWorld>, forMs: number) {
  const waits: number[] = [];
  const endsAt = world.clock.now() + forMs;
  while (world.clock.now() < endsAt) {
    const { next } = await world.sync('A');
    if (next.kind !== 'retry' && next.kind !== 'defer') break;
    waits.push(next.afterMs);
    world.clock.advance(next.afterMs);
  }
  return waits;
}

describe('a service that is away', () => {
  it.each<GatewayErrorKind>(['network', 'timeout', 'unavailable'])(
    'by %s costs no order its life for six hours',
    async (kind) => {
      const world = away(kind);
      const waits = await live(world, 5.9 * hour);
      expect(waits.slice(0, 4)).toEqual([3_750, 7_500, 300_000, 300_000]);
      expect(world.row('A')).toMatchObject({ status: 'pending', reason: kind });
      expect(world.row('A').attempts).toBeGreaterThan(60);
      await live(world, hour);
      expect(world.row('A')).toMatchObject({ status: 'failed', reason: kind });
    },
  );

  it('is retried with jitter, give or take half', async () => {
    for (const [random, afterMs] of [
      [0, 150_000],
      [0.999, 449_700],
    ] as const) {
      const world = away('network', { random: () => random, maxAttempts: 1 });
      expect((await world.sync('A')).next).toEqual({ kind: 'retry', afterMs });
    }
  });

  it('obeys awayForMs', async () => {
    const world = away('network', { awayForMs: 60_000, awayRetryMs: 50_000 });
    await live(world, hour);
    expect(world.row('A')).toMatchObject({ status: 'failed', attempts: 4 });
  });

  it('and is refused by the circuit writes no attempt, and keeps the last word of the order', async () => {
    const world = away('network');
    await world.sync('A');
    await world.again('A');
    const open = gatewayError('circuit_open', { retryAfterMs: 1_000 });
    world.service.fault = () => ({ when: 'before', error: open });
    expect(await world.again('A')).toMatchObject({ reason: 'circuit_open', next: { kind: 'defer' } });
    expect(world.row('A')).toMatchObject({ status: 'pending', attempts: 2, reason: 'network' });
  });

  it('ends an order whose attempts are used up after six hours, whatever the circuit says', async () => {
    const world = away('timeout');
    for (let turn = 0; turn < 3; turn += 1) await world.again('A');
    const open = gatewayError('circuit_open', { retryAfterMs: 1_000 });
    world.service.fault = () => ({ when: 'before', error: open });
    world.clock.advance(6 * hour - 1);
    expect(await world.again('A')).toMatchObject({ outcome: 'deferred' });
    world.clock.advance(1);
    expect(await world.again('A')).toMatchObject({ outcome: 'failed', status: 'failed', failure: 'timeout' });
    expect(world.row('A')).toMatchObject({ status: 'failed', reason: 'timeout', attempts: 3 });
  });

  it('starts its six hours anew after a change and after a success', async () => {
    const world = away('network');
    await world.sync('A');
    expect(world.row('A').failingSince).toBe(0);
    world.save({ id: 'A', city: 'Oslo' });
    expect(world.row('A').failingSince).toBeNull();
    world.clock.advance(5);
    await world.sync('A');
    expect(world.row('A').failingSince).toBe(5);
    world.service.fault = () => undefined;
    await world.again('A');
    expect(world.row('A')).toMatchObject({ failingSince: null, status: 'synced' });
  });
});
