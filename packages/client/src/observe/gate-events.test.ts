import { inspect } from 'node:util';
import { expect, it } from 'vitest';
import { json, text } from '../../test/scripted-fetch.ts';
import { finish, found, phone, setUp } from '../../test/set-up.ts';
import type { Hooks } from '../index.ts';

function record() {
  const told: (readonly [string, unknown])[] = [];
  const keep = (name: string) => (event: unknown) => {
    told.push([name, event]);
  };
  const hooks: Hooks = {
    onRetry: keep('retry'),
    onRefusal: keep('refusal'),
    onCircuitChange: keep('circuit'),
    onPause: keep('pause'),
  };
  return { told, hooks };
}

const common = { operation: 'findContact', method: 'GET', pathTemplate: '/contacts/{id}' };
const attemptId = expect.stringMatching(/^[0-9a-z]{8}-\d+\.\d+$/);

it('a retry is told with its wait and what it follows', async () => {
  const { told, hooks } = record();
  const { client, clock } = setUp([text('', 500), text('', 429, { 'retry-after': '3' }), found], { hooks });
  await finish(client.contacts.find(phone), clock);
  expect(told).toEqual([
    ['retry', { ...common, attempt: 1, attemptId, errorKind: 'unavailable', delayMs: 500 }],
    ['pause', { reason: 'rate_limited', durationMs: 3_000 }],
    ['retry', { ...common, attempt: 2, attemptId, errorKind: 'rate_limited', delayMs: 3_000 }],
  ]);
});

it('a circuit is told as it opens, probes and closes; and a refusal meanwhile', async () => {
  const { told, hooks } = record();
  const { client, clock } = setUp([text('', 500), found], {
    hooks,
    retry: { attempts: 1 },
    circuitBreaker: { failureThreshold: 1 },
  });
  await finish(client.contacts.find(phone), clock);
  await finish(client.contacts.find(phone), clock);
  clock.advance(30_000);
  await finish(client.contacts.find(phone), clock);
  expect(told).toEqual([
    ['circuit', { state: 'open' }],
    ['refusal', { ...common, attempt: 1, errorKind: 'circuit_open', retryAfterMs: 30_000 }],
    ['circuit', { state: 'half_open' }],
    ['circuit', { state: 'closed' }],
  ]);
});

it('a pause after a 503 is told once, and a refusal by limiter, limit and raw', async () => {
  const { told, hooks } = record();
  const { client, clock } = setUp([json({}, 503, { 'retry-after': '60' })], { hooks });
  await finish(client.contacts.find(phone), clock);
  const raw = client.raw.GET('/contacts/{id}', { params: { path: { id: phone } } });
  await expect(clock.settle(raw)).rejects.toMatchObject({ kind: 'circuit_open' });
  const failing = setUp([found], { hooks, rateLimit: { acquire: () => Promise.reject(new Error('redis')) } });
  await finish(failing.client.contacts.find(phone));
  expect(told).toEqual([
    ['pause', { reason: 'unavailable', durationMs: 60_000 }],
    ['refusal', { ...common, attempt: 1, errorKind: 'circuit_open', retryAfterMs: 60_000 }],
    ['refusal', { ...common, attempt: 1, errorKind: 'unavailable', retryAfterMs: null }],
  ]);
  expect(inspect(told, { depth: 9 })).not.toMatch(/447700900123|secret|redis/);
});
