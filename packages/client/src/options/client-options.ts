import type { FetchedResponse } from '../answer/fetched-response.ts';
import type { Hooks } from '../observe/hooks.ts';
import type { Logger } from '../observe/logger.ts';
import type { Tracer } from '../observe/tracing.ts';
import type { Clock } from '../resilience/clock.ts';
import type { RateLimiter } from '../resilience/rate-limiter.ts';
import type { ApiKey } from '../resilience/read-key.ts';

export interface RetryOptions {
  /** Requests per call at most, the first included; 1 never retries. @default 3 */
  readonly attempts?: number;
  /** Ceiling of the first wait, in milliseconds; doubles with each attempt. @default 500 */
  readonly baseDelayMs?: number;
  /** Highest ceiling of a wait, in milliseconds; a longer `Retry-After` still holds. @default 8000 */
  readonly maxDelayMs?: number;
}

export interface CircuitBreakerOptions {
  /** Failed requests in a row that open the circuit. A rate limit is none. @default 5 */
  readonly failureThreshold?: number;
  /** How long nothing is sent before one probe, in milliseconds. @default 30000 */
  readonly openMs?: number;
}

/** Options that every contract takes. */
export interface CommonOptions {
  /**
   * Sent to `baseUrl` alone, never logged. A function is asked before each request, within its timeout, so that a key can
   * change without a restart. One that fails or hangs ends the request as `unavailable`, one that answers no usable key
   * as `unauthorized`, both with `code: 'api_key'` and without anything sent.
   */
  readonly apiKey: ApiKey;
  /** `https:`, or `http:` to this machine. @default 'https://app.chatgptbuilder.io/api' */
  readonly baseUrl?: string;
  /** Takes `http:` for other hosts than this machine: the key travels readable. @default false */
  readonly allowInsecureHttp?: boolean;
  /** Limit of one request, its body included, in milliseconds. @default 30000 */
  readonly timeoutMs?: number;
  /** Limit of a whole call, waits and retries included, in milliseconds. @default 60000 */
  readonly deadlineMs?: number;
  /** Longest wait for rate limit, pause or circuit; beyond it a call fails at once. In milliseconds. @default 10000 */
  readonly maxWaitMs?: number;
  /**
   * No wait that the service asks for counts as longer, be it for a retry, for the pause of all calls, or in
   * `error.retryAfterMs`; in milliseconds. @default 300000
   */
  readonly maxRetryAfterMs?: number;
  /** For reads and field updates; a create is never repeated. */
  readonly retry?: RetryOptions;
  /** Requests per minute of this process, a limiter of your own (shared between processes), or none: false. */
  readonly rateLimit?: { readonly requestsPerMinute: number } | RateLimiter | false;
  /** Per client; false switches it off. */
  readonly circuitBreaker?: CircuitBreakerOptions | false;
  /** Functions that are told of requests, retries, refusals, the circuit and pauses. */
  readonly hooks?: Hooks;
  /** Told of the same in lines without any value: `console`, pino's or Nest's logger. @default none */
  readonly logger?: Logger;
  /** OpenTelemetry's, or one of its form: a span for each call and one for each request. @default none */
  readonly tracer?: Tracer;
  /** Put before the client's own name in `User-Agent`, e.g. `orders/2.1`. Browsers send their own alone. */
  readonly userAgent?: string;
  /** Says that the key may stand in a browser, and keeps the warning away. @default false */
  readonly allowBrowser?: boolean;
  /** Sent with every request; cannot replace what the client sets itself. */
  readonly headers?: Readonly<Record<string, string>>;
  /** @default `globalThis.fetch`, looked up at each request */
  readonly fetch?: (request: Request) => Promise<FetchedResponse>;
  /** @default the system's monotonic clock */
  readonly clock?: Clock;
  /** At least 0, below 1; spreads retries. @default `Math.random` */
  readonly random?: () => number;
}
