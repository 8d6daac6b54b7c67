import type { Hooks } from '../observe/hooks.ts';
import { isKey } from '../resilience/read-key.ts';
import { isBaseUrl } from './base-url.ts';
import type { CommonOptions } from './client-options.ts';
import { printable } from './header-rules.ts';
import {
  aBoolean,
  aFunction,
  aText,
  expecting,
  hasMethods,
  headerRule,
  isFunction,
  members,
  type Rule,
  wholeNumber,
} from './rules.ts';

/** A rule for each option of `Options`. */
export type Rules<Options> = Readonly<Record<keyof Options, Rule>>;

const hooks: Rules<Hooks> = {
  onRequest: aFunction,
  onResponse: aFunction,
  onRetry: aFunction,
  onRefusal: aFunction,
  onCircuitChange: aFunction,
  onPause: aFunction,
};

/** False, an object that does it, or one of these members. */
const switchable =
  (rules: Readonly<Record<string, Rule>>, ...methods: readonly string[]): Rule =>
  (value, path) => {
    const isOther = value === false || (methods.length > 0 && hasMethods(value, ...methods));
    return isOther ? [] : members(rules)(value, path);
  };

/** Made when a client is made: nothing is built by an import. */
export const commonRules = (): Rules<CommonOptions> => ({
  apiKey: expecting(
    'printable ASCII without blanks, or a function that answers it',
    (value) => isKey(value) || isFunction(value),
  ),
  baseUrl: expecting(
    'an http(s) URL without blanks, credentials, query and fragment',
    (value) => typeof value === 'string' && isBaseUrl(value),
  ),
  allowInsecureHttp: aBoolean,
  allowBrowser: aBoolean,
  timeoutMs: wholeNumber(1),
  deadlineMs: wholeNumber(1),
  maxWaitMs: wholeNumber(0),
  maxRetryAfterMs: wholeNumber(1),
  retry: members({
    // The first request and ten repetitions, as `CBB_API_RETRY_ATTEMPTS` allows.
    attempts: wholeNumber(1, 11),
    baseDelayMs: wholeNumber(0),
    maxDelayMs: wholeNumber(0),
  }),
  rateLimit: switchable({ requestsPerMinute: wholeNumber(1) }, 'acquire'),
  circuitBreaker: switchable({ failureThreshold: wholeNumber(1), openMs: wholeNumber(1) }),
  hooks: members(hooks),
  logger: expecting('a logger with debug and warn', (value) => hasMethods(value, 'debug', 'warn')),
  tracer: expecting('an OpenTelemetry tracer', (value) => hasMethods(value, 'startActiveSpan')),
  userAgent: aText('printable ASCII', printable),
  headers: headerRule,
  fetch: aFunction,
  clock: expecting('a Clock', (value) => hasMethods(value, 'now', 'schedule')),
  random: aFunction,
});
