import * as z from 'zod';
import { type Clock, longestDelayMs, systemClock } from '../resilience/clock.ts';
import type { Hooks } from '../resilience/hooks.ts';
import type { RateLimiter } from '../resilience/rate-limiter.ts';
import { isBaseUrl, normaliseBaseUrl } from './base-url.ts';
import type { CommonOptions } from './client-options.ts';

const durationMs = z.number().int().min(1).max(longestDelayMs);
const delayMs = z.number().int().min(0).max(longestDelayMs);

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;
const hasMethod = (value: unknown, name: string): boolean =>
  isObject(value) && name in value && typeof Reflect.get(value, name) === 'function';
const callback = <F>() => z.custom<F>((value) => typeof value === 'function', 'expected a function');

const ownHeaders = new Set(['accept', 'authorization', 'content-type', 'x-access-token']);
const isHeaderName = (name: string) =>
  /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name) && !ownHeaders.has(name.toLowerCase());
// Headers refuses the rest with a message that quotes the value.
const printable = /^[\x20-\x7e]*$/;

const rateLimiter = z.custom<RateLimiter>((value) => hasMethod(value, 'acquire'));
const perMinute = z.strictObject({ requestsPerMinute: z.number().int().min(1) });

/** Members of `CommonOptions` with their defaults, for the schema of each contract. */
export const commonShape = {
  apiKey: z.string().regex(/^[\x21-\x7e]+$/, 'expected printable ASCII without blanks'),
  baseUrl: z
    .string()
    .refine(isBaseUrl, 'expected an http(s) URL without blanks, credentials, query and fragment')
    .transform(normaliseBaseUrl)
    .default('https://app.chatgptbuilder.io/api'),
  allowInsecureHttp: z.boolean().default(false),
  timeoutMs: durationMs.default(30_000),
  deadlineMs: durationMs.default(60_000),
  maxWaitMs: delayMs.default(10_000),
  maxRetryAfterMs: durationMs.default(300_000),
  retry: z
    .strictObject({
      // The first request and ten repetitions, as `CBB_API_RETRY_ATTEMPTS` allows.
      attempts: z.number().int().min(1).max(11).default(3),
      baseDelayMs: delayMs.default(500),
      maxDelayMs: delayMs.default(8_000),
    })
    .prefault({}),
  rateLimit: z
    .union([z.literal(false), perMinute, rateLimiter], {
      error: 'expected { requestsPerMinute }, a RateLimiter or false',
    })
    .optional(),
  circuitBreaker: z
    .union(
      [
        z.literal(false),
        z.strictObject({
          failureThreshold: z.number().int().min(1).default(5),
          openMs: durationMs.default(30_000),
        }),
      ],
      { error: 'expected { failureThreshold, openMs } or false' },
    )
    .prefault({}),
  hooks: z
    .strictObject({
      onRequest: callback<NonNullable<Hooks['onRequest']>>().optional(),
      onResponse: callback<NonNullable<Hooks['onResponse']>>().optional(),
    })
    .prefault({}),
  headers: z
    .record(
      z.string().refine(isHeaderName, 'a header of this name cannot be set'),
      z.string().regex(printable, 'expected printable ASCII'),
    )
    .default({}),
  // Looked up at each call, so that a test double which replaces it later is used.
  fetch: callback<NonNullable<CommonOptions['fetch']>>().default(
    () => (request: Request) => globalThis.fetch(request),
  ),
  clock: z
    .custom<Clock>((value) => hasMethod(value, 'now') && hasMethod(value, 'schedule'), 'expected a Clock')
    .default(() => systemClock),
  random: callback<() => number>().default(() => Math.random),
};

const commonSchema = z.strictObject(commonShape);

/** `CommonOptions` with every default filled in. */
export type CommonSettings = z.output<typeof commonSchema>;
