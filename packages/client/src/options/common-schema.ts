import * as z from 'zod/mini';
import type { Hooks } from '../observe/hooks.ts';
import type { Logger } from '../observe/logger.ts';
import type { Tracer } from '../observe/tracing.ts';
import { type Clock, longestDelayMs, systemClock } from '../resilience/clock.ts';
import type { RateLimiter } from '../resilience/rate-limiter.ts';
import { type ApiKey, isKey } from '../resilience/read-key.ts';
import { isBaseUrl, normaliseBaseUrl } from './base-url.ts';
import type { CommonOptions } from './client-options.ts';
import { isFreeHeader, printable } from './header-rules.ts';
import { once } from './once.ts';

const hasMethods = (value: unknown, ...names: readonly string[]): boolean =>
  typeof value === 'object' &&
  value !== null &&
  names.every((name) => typeof Reflect.get(value, name) === 'function');
const shaped = <T>(expected: string, ...methods: readonly string[]) =>
  z.custom<T>((value) => hasMethods(value, ...methods), `expected ${expected}`);
const callback = <F>() => z.custom<F>((value) => typeof value === 'function', 'expected a function');

/** Members of `CommonOptions` with their defaults, for the schema of each contract. */
export const commonShape = once(() => {
  const whole = (minimum: number, maximum: number = longestDelayMs) =>
    z.int().check(z.minimum(minimum), z.maximum(maximum));
  const hook = <K extends keyof Hooks>() => z.optional(callback<NonNullable<Hooks[K]>>());
  const limits = z.union(
    [
      z.literal(false),
      z.strictObject({ requestsPerMinute: whole(1) }),
      shaped<RateLimiter>('a RateLimiter', 'acquire'),
    ],
    'expected { requestsPerMinute }, a RateLimiter or false',
  );
  const circuit = z.union(
    [
      z.literal(false),
      z.strictObject({
        failureThreshold: z._default(whole(1), 5),
        openMs: z._default(whole(1), 30_000),
      }),
    ],
    'expected { failureThreshold, openMs } or false',
  );
  return {
    apiKey: z.custom<ApiKey>(
      (value) => isKey(value) || typeof value === 'function',
      'expected printable ASCII without blanks, or a function that answers it',
    ),
    baseUrl: z._default(
      z.pipe(
        z
          .string()
          .check(
            z.refine(isBaseUrl, 'expected an http(s) URL without blanks, credentials, query and fragment'),
          ),
        z.transform(normaliseBaseUrl),
      ),
      'https://app.chatgptbuilder.io/api',
    ),
    allowInsecureHttp: z._default(z.boolean(), false),
    allowBrowser: z._default(z.boolean(), false),
    timeoutMs: z._default(whole(1), 30_000),
    deadlineMs: z._default(whole(1), 60_000),
    maxWaitMs: z._default(whole(0), 10_000),
    maxRetryAfterMs: z._default(whole(1), 300_000),
    retry: z.prefault(
      z.strictObject({
        // The first request and ten repetitions, as `CBB_API_RETRY_ATTEMPTS` allows.
        attempts: z._default(whole(1, 11), 3),
        baseDelayMs: z._default(whole(0), 500),
        maxDelayMs: z._default(whole(0), 8_000),
      }),
      {},
    ),
    rateLimit: z.optional(limits),
    circuitBreaker: z.prefault(circuit, {}),
    hooks: z.prefault(
      z.strictObject({
        onRequest: hook<'onRequest'>(),
        onResponse: hook<'onResponse'>(),
        onRetry: hook<'onRetry'>(),
        onRefusal: hook<'onRefusal'>(),
        onCircuitChange: hook<'onCircuitChange'>(),
        onPause: hook<'onPause'>(),
      }),
      {},
    ),
    logger: z.optional(shaped<Logger>('a logger with debug and warn', 'debug', 'warn')),
    tracer: z.optional(shaped<Tracer>('an OpenTelemetry tracer', 'startActiveSpan')),
    userAgent: z.optional(z.string().check(z.regex(printable, 'expected printable ASCII'))),
    headers: z._default(
      z.record(
        z.string().check(z.refine(isFreeHeader, 'a header of this name cannot be set')),
        z.string().check(z.regex(printable, 'expected printable ASCII')),
      ),
      {},
    ),
    // Looked up at each call, so that a test double which replaces it later is used.
    fetch: z._default(
      callback<NonNullable<CommonOptions['fetch']>>(),
      () => (request: Request) => globalThis.fetch(request),
    ),
    clock: z._default(shaped<Clock>('a Clock', 'now', 'schedule'), () => systemClock),
    random: z._default(callback<() => number>(), () => Math.random),
  };
});

/** `CommonOptions` with every default filled in. */
export type CommonSettings = z.output<z.ZodMiniObject<ReturnType<typeof commonShape>>>;
