import { ResultAsync } from 'neverthrow';
import { describe, expect, it } from 'vitest';
import { gatewayError } from '../../test/world/fake-service.ts';
import { createWorld, type WorldOptions } from '../../test/world/world.ts';
import type { ContactGateway, GatewayError } from '../ports/contact-gateway.ts';

type Heeds = 'signal' | 'nothing';

/** The service accepts the next create or update, and never answers. */
function hanging(heeds: Heeds, options: WorldOptions = {}) {
  const world = createWorld(options);
  let asked = () => {};
  const reached = new Promise<void>((resolve) => {
    asked = resolve;
  });
  const hang = <T>(signal: AbortSignal | undefined): ResultAsync<T, GatewayError> => {
    asked();
    return ResultAsync.fromPromise(
      new Promise<T>((_, reject) => {
        if (heeds === 'signal') signal?.addEventListener('abort', () => reject(new Error('aborted')));
      }),
      () => gatewayError('aborted', { effect: 'unknown' }),
    );
  };
  const update: ContactGateway['update'] = (_, __, given) => hang(given?.signal);
  world.service.create = (_, given) => hang(given?.signal);
  world.service.update = update;
  return { world, reached };
}

/** Lets microtasks run. */
const settle = async () => {
  for (let turn = 0; turn < 50; turn += 1) await Promise.resolve();
};

describe('a service that hangs', () => {
  it.each<[Heeds, number]>([
    ['signal', 45_000],
    ['nothing', 46_000],
  ])('is a timeout of the order whose gateway heeds %s, well before the lease ends', async (heeds, ms) => {
    const { world, reached } = hanging(heeds);
    world.save({ id: 'A' });
    const report = world.sync('A');
    await reached;
    world.clock.advance(44_999);
    await settle();
    expect(world.row('A').status).toBe('syncing');
    world.clock.advance(1);
    world.clock.advance(ms - 45_000);
    expect(await report).toMatchObject({
      outcome: 'failed',
      failure: 'timeout',
      status: 'pending',
      next: { kind: 'retry', afterMs: 5_000 },
      calls: 1,
    });
    expect(world.row('A')).toMatchObject({ status: 'pending', attempts: 1, reason: 'timeout' });
    expect(world.state.ledgers.get('447700900123')?.lease).toBeNull();
    expect(world.events.some(({ kind }) => kind === 'lease-lost')).toBe(false);
  });

  it('costs a worker that is stopped a moment, not a lease', async () => {
    const { world, reached } = hanging('nothing');
    world.save({ id: 'A' });
    const host = new AbortController();
    const report = world.sync('A', { signal: host.signal });
    await reached;
    host.abort();
    world.clock.advance(1_000);
    expect(await report).toMatchObject({ outcome: 'deferred', reason: 'aborted' });
    expect(world.row('A')).toMatchObject({ status: 'pending', attempts: 0 });
  });

  it('may take as long as callDeadlineMs says', async () => {
    const { world, reached } = hanging('signal', { leaseMs: 1_000, callDeadlineMs: 200 });
    world.save({ id: 'A' });
    const report = world.sync('A');
    await reached;
    world.clock.advance(200);
    expect(await report).toMatchObject({ failure: 'timeout' });
  });
});

describe('a service that asks for an absurd pause', () => {
  it.each([
    [31_536_000_000, 300_000],
    [Number.POSITIVE_INFINITY, 5_000],
    [Number.NaN, 5_000],
    [-1, 5_000],
    [299_999, 299_999],
  ])('of %d ms is heard for %d ms', async (retryAfterMs, afterMs) => {
    const world = createWorld();
    world.save({ id: 'A' });
    world.service.fault = () => ({ when: 'before', error: gatewayError('rate_limited', { retryAfterMs }) });
    expect((await world.sync('A')).next).toEqual({ kind: 'defer', afterMs });
    expect(world.row('A').dueAt).toBe(afterMs);
  });

  it('is heard for as long as maxRetryAfterMs says', async () => {
    const world = createWorld({ maxRetryAfterMs: 1_000 });
    world.save({ id: 'A' });
    const error = gatewayError('unavailable', { retryAfterMs: 99_000 });
    world.service.fault = () => ({ when: 'before', error });
    expect((await world.sync('A')).next).toEqual({ kind: 'retry', afterMs: 5_000 });
  });
});

describe('a gateway or store of the host that throws', () => {
  it('is one that failed: no rejection, and nothing of what it threw', async () => {
    const secret = 'customer data';
    const world = createWorld();
    world.save({ id: 'A' });
    world.service.create = () => {
      throw new Error(secret);
    };
    const report = await world.sync('A');
    expect(report).toMatchObject({ failure: 'unexpected_body', status: 'pending' });
    expect(JSON.stringify([report, world.row('A')])).not.toContain(secret);
    for (const method of [
      'load',
      'begin',
      'complete',
      'release',
      'settle',
      'claimDue',
      'listDue',
      'arm',
    ] as const) {
      const broken = createWorld({
        wrap: (store) => ({
          ...store,
          [method]() {
            throw new Error(secret);
          },
        }),
      });
      broken.save({ id: 'A' });
      broken.save({ id: 'B', phone: 'none' });
      broken.service.fault = () => ({ when: 'before', error: gatewayError('network') });
      const answers = [
        await broken.engine.sync('A'),
        await broken.engine.sync('B'),
        await broken.engine.claimDue(1),
        await broken.engine.listDue(null, 1),
        await broken.engine.arm('A'),
      ];
      const errors = answers.flatMap((answer) => (answer.isErr() ? [answer.error] : []));
      if (method !== 'complete') expect(errors.length).toBeGreaterThan(0);
      expect(JSON.stringify(errors)).not.toContain(secret);
      for (const { kind } of errors) expect(kind).toBe('store_unavailable');
    }
  });
});
