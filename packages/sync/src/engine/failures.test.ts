import { describe, expect, it } from 'vitest';
import { gatewayError } from '../../test/world/fake-service.ts';
import { createWorld } from '../../test/world/world.ts';
import type { GatewayErrorKind } from '../ports/contact-gateway.ts';

function failing(kind: GatewayErrorKind, facts = {}, options = {}) {
  const world = createWorld(options);
  world.save({ id: 'A' });
  world.service.fault = () => ({ when: 'before', error: gatewayError(kind, { effect: 'none', ...facts }) });
  return world;
}

describe('a failed call', () => {
  it.each<GatewayErrorKind>(['unexpected_body', 'conflict', 'partial_write'])(
    'of kind %s is counted, tried three times with growing waits, and then ends the order',
    async (kind) => {
      const world = failing(kind);
      const waits: unknown[] = [];
      for (const attempts of [1, 2]) {
        const report = await world.again('A');
        waits.push(report.next);
        expect(world.row('A')).toMatchObject({ status: 'pending', attempts, reason: kind });
        expect(report).toMatchObject({ status: 'pending', failure: kind });
      }
      expect(waits).toEqual([
        { kind: 'retry', afterMs: 5_000 },
        { kind: 'retry', afterMs: 10_000 },
      ]);
      expect(await world.again('A')).toMatchObject({
        status: 'failed',
        failure: kind,
        next: { kind: 'done' },
      });
      expect(world.row('A')).toMatchObject({ status: 'failed', attempts: 3, dueAt: null });
    },
  );

  it.each<GatewayErrorKind>(['invalid_request', 'not_found'])(
    'of kind %s cannot be helped by a retry',
    async (kind) => {
      const world = failing(kind);
      expect(await world.again('A')).toMatchObject({ outcome: 'failed', status: 'failed', failure: kind });
      expect(world.row('A')).toMatchObject({ status: 'failed', attempts: 0, reason: kind });
    },
  );

  it.each<GatewayErrorKind>(['rate_limited', 'circuit_open'])(
    'of kind %s costs no attempt and waits as long as it was told',
    async (kind) => {
      const world = failing(kind, { retryAfterMs: 42_000 });
      for (let turn = 0; turn < 5; turn += 1) {
        const report = await world.again('A');
        expect(report).toMatchObject({
          outcome: 'deferred',
          status: 'pending',
          reason: kind,
          next: { kind: 'defer', afterMs: 42_000 },
        });
      }
      expect(world.row('A')).toMatchObject({ status: 'pending', attempts: 0, dueAt: 42_000 });
    },
  );

  it('of a rate limit without a time waits the first step of the backoff', async () => {
    const world = failing('rate_limited', {}, { backoffBaseMs: 777 });
    expect((await world.again('A')).next).toEqual({ kind: 'defer', afterMs: 777 });
  });

  it('of a rate limit in the middle of a write of several requests costs no attempt either', async () => {
    const facts = { stoppedBy: 'rate_limited', retryAfterMs: 42_000, missingFields: ['city'] };
    const world = failing('partial_write', facts);
    expect(await world.again('A')).toMatchObject({
      outcome: 'deferred',
      missingFields: ['city'],
      next: { kind: 'defer', afterMs: 42_000 },
    });
    expect(world.row('A').attempts).toBe(0);
    const rejected = failing('partial_write', { stoppedBy: 'unauthorized', missingFields: ['city'] });
    expect((await rejected.sync('A')).next).toEqual({ kind: 'stop' });
  });

  it('never retries earlier than the server asked', async () => {
    const world = failing('unavailable', { retryAfterMs: 99_000 });
    expect((await world.again('A')).next).toEqual({ kind: 'retry', afterMs: 99_000 });
    expect(world.row('A').dueAt).toBe(99_000);
  });

  it('stops the worker when the key is rejected, costs the order nothing and says so once', async () => {
    const world = failing('unauthorized');
    world.save({ id: 'B', phone: '12025550123' });
    for (const id of ['A', 'B', 'A']) expect((await world.again(id)).next).toEqual({ kind: 'stop' });
    expect(world.row('A')).toMatchObject({ status: 'pending', attempts: 0 });
    expect(world.events.filter(({ kind }) => kind === 'key-rejected')).toHaveLength(1);
    world.service.fault = () => undefined;
    await world.again('A');
    world.service.fault = () => ({ when: 'before', error: gatewayError('unauthorized') });
    await world.again('B');
    expect(world.events.filter(({ kind }) => kind === 'key-rejected')).toHaveLength(2);
  });

  it.each([
    ['awayRetryMs', { maxAttempts: 1, awayRetryMs: 1_000 }, { next: { kind: 'retry', afterMs: 1_500 } }],
    ['backoffBaseMs', { backoffBaseMs: 100 }, { next: { kind: 'retry', afterMs: 100 } }],
    ['backoffMaxMs', { backoffMaxMs: 10 }, { next: { kind: 'retry', afterMs: 10 } }],
    ['random', { random: () => 0 }, { next: { kind: 'retry', afterMs: 2_500 } }],
  ])('obeys %s', async (_, options, expected) => {
    const world = failing('network', {}, options);
    expect(await world.again('A')).toMatchObject(expected);
  });

  it('starts counting anew after a change and after a success', async () => {
    const world = failing('network');
    await world.again('A');
    await world.again('A');
    world.save({ id: 'A', city: 'Oslo' });
    expect(world.row('A')).toMatchObject({ attempts: 0, reason: null, status: 'pending' });
    await world.again('A');
    world.service.fault = () => undefined;
    await world.again('A');
    expect(world.row('A')).toMatchObject({ attempts: 0, reason: null, status: 'synced' });
  });

  it('lets a newer order finish an older one that had failed', async () => {
    const world = failing('invalid_request');
    await world.again('A');
    world.service.fault = () => undefined;
    world.save({ id: 'B', rank: 2 });
    await world.again('B');
    expect(world.row('A')).toMatchObject({ status: 'synced', reason: null });
  });
});

describe('a WhatsApp check that fails', () => {
  it('repeats only the check and ends as whatsapp_unknown', async () => {
    const world = createWorld();
    world.service.answersWhatsApp = false;
    world.save({ id: 'A' });
    world.service.fault = (operation) =>
      operation === 'checkWhatsApp' ? { when: 'before', error: gatewayError('unavailable') } : undefined;
    expect(await world.again('A')).toMatchObject({
      failure: 'whatsapp_unknown',
      status: 'pending',
      calls: 2,
    });
    expect(await world.again('A')).toMatchObject({ failure: 'whatsapp_unknown', calls: 1 });
    expect(await world.again('A')).toMatchObject({
      outcome: 'failed',
      status: 'failed',
      failure: 'whatsapp_unknown',
    });
    expect(world.operations()).toEqual(['create', 'checkWhatsApp', 'checkWhatsApp', 'checkWhatsApp']);
    expect(world.row('A').contact).toBeNull();
  });

  it('is deferred like any other call by a rate limit', async () => {
    const world = createWorld();
    world.service.answersWhatsApp = false;
    world.save({ id: 'A' });
    world.service.fault = (operation) =>
      operation === 'checkWhatsApp'
        ? { when: 'before', error: gatewayError('rate_limited', { retryAfterMs: 60_000 }) }
        : undefined;
    expect(await world.again('A')).toMatchObject({ outcome: 'deferred', reason: 'rate_limited' });
    expect(world.row('A').attempts).toBe(0);
  });

  it('counts even where the service calls it final: an unknown is never a no', async () => {
    const world = createWorld();
    world.service.answersWhatsApp = false;
    world.save({ id: 'A' });
    world.service.fault = (operation) =>
      operation === 'checkWhatsApp' ? { when: 'before', error: gatewayError('invalid_request') } : undefined;
    expect(await world.again('A')).toMatchObject({ status: 'pending', failure: 'whatsapp_unknown' });
  });
});
