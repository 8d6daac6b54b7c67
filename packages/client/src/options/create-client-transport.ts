import type { Classify } from '../answer/http-answer.ts';
import { backoffCeilingMs } from '../resilience/backoff.ts';
import { alwaysClosed, createCircuitBreaker } from '../resilience/circuit-breaker.ts';
import type { Clock } from '../resilience/clock.ts';
import type { Operation } from '../resilience/operation.ts';
import { createPause } from '../resilience/pause.ts';
import { createSlidingWindowLimiter, type RateLimiter } from '../resilience/rate-limiter.ts';
import { createTransport, type Transport } from '../resilience/transport.ts';
import type { CommonSettings } from './common-schema.ts';

/** The transport that a contract's client stands on: the settings, how the key is sent, how answers are judged. */
export function createClientTransport(
  settings: CommonSettings,
  contract: {
    readonly keyHeaders: Readonly<Record<string, string>>;
    readonly classify: Classify;
    readonly operations: readonly Operation[];
  },
): Transport {
  const { clock, fetch, random, hooks, retry, circuitBreaker } = settings;
  return createTransport({
    baseUrl: settings.baseUrl,
    operations: contract.operations,
    headers: { ...settings.headers, accept: 'application/json', ...contract.keyHeaders },
    timeoutMs: settings.timeoutMs,
    fairTimeMs: Math.min(1_000, Math.min(settings.timeoutMs, settings.deadlineMs) / 2),
    maxRetryAfterMs: settings.maxRetryAfterMs,
    limits: { deadlineMs: settings.deadlineMs, maxWaitMs: settings.maxWaitMs },
    retry,
    unaskedPauseMs: (attempt) => backoffCeilingMs(retry, attempt),
    classify: contract.classify,
    breaker: circuitBreaker === false ? alwaysClosed : createCircuitBreaker(circuitBreaker, clock),
    pause: createPause(clock),
    limiter: createLimiter(settings.rateLimit, clock),
    hooks,
    clock,
    random,
    fetch,
  });
}

function createLimiter(rateLimit: CommonSettings['rateLimit'], clock: Clock): RateLimiter | null {
  if (rateLimit === undefined || rateLimit === false) return null;
  if ('acquire' in rateLimit) return rateLimit;
  return createSlidingWindowLimiter({ limit: rateLimit.requestsPerMinute, windowMs: 60_000, clock });
}
