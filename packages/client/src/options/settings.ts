import { isRecord } from '../answer/read-value.ts';
import type { RetryPolicy } from '../resilience/backoff.ts';
import type { CircuitBreakerPolicy } from '../resilience/circuit-breaker.ts';
import { systemClock } from '../resilience/clock.ts';
import { keepsKeySecret, normaliseBaseUrl } from './base-url.ts';
import type { CommonOptions } from './client-options.ts';
import type { Rule } from './rules.ts';
import { members } from './rules.ts';

type Defaulted = Omit<
  CommonOptions,
  'rateLimit' | 'logger' | 'tracer' | 'userAgent' | 'retry' | 'circuitBreaker'
>;

/** `CommonOptions` with every default filled in. */
export interface CommonSettings
  extends Required<Defaulted>,
    Pick<CommonOptions, 'rateLimit' | 'logger' | 'tracer' | 'userAgent'> {
  readonly retry: RetryPolicy;
  readonly circuitBreaker: CircuitBreakerPolicy | false;
}

/** Throws one `TypeError` that lists every problem. It names options, never their values. */
export function checkOptions(
  rules: Readonly<Record<string, Rule>>,
  options: unknown,
  required: readonly string[] = [],
): void {
  const given = isRecord(options) ? options : {};
  const problems = [
    ...required.flatMap((name) => (given[name] === undefined ? (rules[name]?.(undefined, name) ?? []) : [])),
    ...members(rules)(options, ''),
  ];
  refuse(problems);
}

function refuse(problems: readonly string[]): void {
  if (problems.length === 0) return;
  const lines = problems.map((problem) => `- ${problem}`);
  throw new TypeError(`[cbb-client] invalid options:\n${lines.join('\n')}`);
}

/** Fills in the defaults of checked options. */
export function settingsOf(options: CommonOptions): CommonSettings {
  const { retry, circuitBreaker, baseUrl = 'https://app.chatgptbuilder.io/api', ...rest } = defined(options);
  const settings = {
    allowInsecureHttp: false,
    allowBrowser: false,
    timeoutMs: 30_000,
    deadlineMs: 60_000,
    maxWaitMs: 10_000,
    maxRetryAfterMs: 300_000,
    hooks: {},
    headers: {},
    // Looked up at each call, so that a test double which replaces it later is used.
    fetch: (request: Request) => globalThis.fetch(request),
    clock: systemClock,
    random: Math.random,
    ...rest,
    baseUrl: normaliseBaseUrl(baseUrl),
    retry: { attempts: 3, baseDelayMs: 500, maxDelayMs: 8_000, ...defined(retry ?? {}) },
    circuitBreaker:
      circuitBreaker === false
        ? circuitBreaker
        : { failureThreshold: 5, openMs: 30_000, ...defined(circuitBreaker ?? {}) },
  };
  if (!keepsKeySecret(settings)) refuse(['baseUrl: http: to another machine needs allowInsecureHttp: true']);
  return settings;
}

/** Without the members that are undefined: they would take the place of a default. */
export function defined<T extends object>(options: T): T {
  const copy = { ...options };
  for (const [name, value] of Object.entries(copy)) {
    if (value === undefined) Reflect.deleteProperty(copy, name);
  }
  return copy;
}
