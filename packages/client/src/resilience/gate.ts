import { err, ok, type Result } from 'neverthrow';
import type { Failure } from '../errors/failure.ts';
import type { Budget } from './budget.ts';
import type { CircuitBreaker, CircuitPermit } from './circuit-breaker.ts';
import type { Clock } from './clock.ts';
import type { Pause } from './pause.ts';
import { raceAbort } from './race-abort.ts';
import type { RateLimitAnswer, RateLimiter } from './rate-limiter.ts';
import { wait } from './wait.ts';

export interface GateParts {
  readonly clock: Clock;
  readonly breaker: CircuitBreaker;
  readonly pause: Pause;
  readonly limiter: RateLimiter | null;
  /** No wait that a limiter or the service names counts as longer. */
  readonly maxRetryAfterMs: number;
}

const notSent = { effect: 'none' } as const;

/**
 * Holds a request back until circuit, pause and rate limit all let it through.
 * Circuit and pause are asked again after the limiter, without an await in between: they may have changed
 * while it was waited for.
 */
export async function passGate(parts: GateParts, budget: Budget): Promise<Result<CircuitPermit, Failure>> {
  let waitedMs = 0;
  for (;;) {
    if (budget.signal?.aborted) return err({ kind: 'aborted', ...notSent });
    if (budget.remainingMs() <= 0) return err({ kind: 'timeout', ...notSent });

    let obstacle = localObstacle(parts);
    if (obstacle === null) {
      const answer = await askLimiter(parts, budget);
      if (answer.isErr()) return err(answer.error);
      if (!answer.value.granted) {
        obstacle = { kind: 'rate_limited', waitMs: Math.min(answer.value.waitMs, parts.maxRetryAfterMs) };
      }
    }
    obstacle ??= localObstacle(parts);
    if (obstacle === null) {
      if (budget.signal?.aborted || budget.remainingMs() <= 0) continue;
      const permit = parts.breaker.enter();
      if (permit !== null) return ok(permit);
      continue;
    }

    const { kind, waitMs } = obstacle;
    if (waitedMs + waitMs > budget.maxWaitMs || waitMs >= budget.remainingMs()) {
      return err({ kind, retryAfterMs: Math.ceil(waitMs), ...notSent });
    }
    waitedMs += waitMs;
    await wait(parts.clock, waitMs, budget.signal);
  }
}

interface Obstacle {
  readonly kind: 'circuit_open' | 'rate_limited';
  readonly waitMs: number;
}

function localObstacle({ breaker, pause }: GateParts): Obstacle | null {
  if (breaker.waitMs() > 0) return { kind: 'circuit_open', waitMs: breaker.waitMs() };
  if (pause.waitMs() > 0) return { kind: pause.reason(), waitMs: pause.waitMs() };
  return null;
}

/** A limiter that fails lets nothing through: sending uncounted would break the limit for all who share it. */
async function askLimiter(parts: GateParts, budget: Budget): Promise<Result<RateLimitAnswer, Failure>> {
  if (parts.limiter === null) return ok({ granted: true });
  try {
    const race = await raceAbort(parts.limiter.acquire(), {
      clock: parts.clock,
      timeoutMs: budget.remainingMs(),
      signal: budget.signal,
    });
    if (race.kind !== 'settled') return err({ kind: race.kind, ...notSent });
    // A refusal without a usable time would be asked again at once, for ever.
    if (race.value.granted || race.value.waitMs > 0) return ok(race.value);
  } catch {
    // The cause may hold a connection string.
  }
  return err({ kind: 'unavailable', reason: 'the rate limiter could not be asked', ...notSent });
}
