import type { Clock } from '../resilience/clock.ts';
import type { Hooks } from '../resilience/hooks.ts';
import type { RateLimiter } from '../resilience/rate-limiter.ts';

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
  /** Sent to `baseUrl` alone, never logged. */
  readonly apiKey: string;
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
  readonly hooks?: Hooks;
  /** Sent with every request; cannot replace what the client sets itself. */
  readonly headers?: Readonly<Record<string, string>>;
  /** @default `globalThis.fetch`, looked up at each request */
  readonly fetch?: (request: Request) => Promise<Response>;
  /** @default the system's monotonic clock */
  readonly clock?: Clock;
  /** At least 0, below 1; spreads retries. @default `Math.random` */
  readonly random?: () => number;
}
