import type { HostClientOptions, HostEngineOptions } from '@visanet/cbb-host';
import { choice, duration, flag, wholeNumber } from '../options/flags.ts';
import { given } from '../options/given.ts';
import type { Flags } from '../options/read-flags.ts';

const ms = { hint: 'ms', min: 1 };

/** Of commands that claim due orders. */
export const claimFlags = {
  'visibility-ms': wholeNumber(
    'How long a claimed order that nobody began is hidden from other workers (default 5000)',
    ms,
  ).optional(),
};

/** How orders are worked; what is not given keeps the default of the engine or the client. */
export const engineFlags = {
  'lease-ms': wholeNumber(
    'How long one sync holds a phone (default 60000, or more for a long request timeout)',
    ms,
  ).optional(),
  'request-timeout-ms': wholeNumber('Limit of one request (default CBB_API_TIMEOUT)', ms).optional(),
  'max-wait-ms': wholeNumber('Longest wait for a rate limit before the order is deferred (default 5000)', {
    hint: 'ms',
  }).optional(),
  'max-attempts': wholeNumber('Counted failures until an order is failed (default 3)', { min: 1 }).optional(),
  'max-crashes': wholeNumber('Crashes until an order is failed (default 5)', { min: 1 }).optional(),
  'backoff-base-ms': wholeNumber(
    'Wait after the first failure of an order, doubles (default 5000)',
    ms,
  ).optional(),
  'backoff-max-ms': wholeNumber('Longest wait after a failure (default 60000)', ms).optional(),
  'retry-base-ms': wholeNumber('First wait between the requests of one call (default 500)', {
    hint: 'ms',
  }).optional(),
  'circuit-open-ms': wholeNumber(
    'How long nothing is sent after failures in a row (default 30000)',
    ms,
  ).optional(),
  'verify-after': duration(
    'Read contacts again whose values were proven longer ago (default off)',
  ).optional(),
  'look-first': flag('Look before every create, even where a duplicate would be refused'),
  'check-whatsapp': flag('Check WhatsApp after every write, even where the answer said yes'),
  'update-strategy': choice('v1.1: how many fields are written; prove others than fields with cbb doctor', [
    'fields',
    'upsert',
    'actions',
  ]).optional(),
};

export type EngineFlags = Partial<Flags<typeof engineFlags> & Flags<typeof claimFlags>>;

export function clientOptionsOf(flags: EngineFlags): HostClientOptions {
  const { 'circuit-open-ms': openMs, 'retry-base-ms': baseDelayMs } = flags;
  return {
    retry: given({ baseDelayMs }),
    circuitBreaker: given({ openMs }),
    ...given({ timeoutMs: flags['request-timeout-ms'], updateStrategy: flags['update-strategy'] }),
  };
}

export function engineOptionsOf(flags: EngineFlags): HostEngineOptions {
  return given({
    leaseMs: flags['lease-ms'],
    claimVisibilityMs: flags['visibility-ms'],
    maxWaitMs: flags['max-wait-ms'],
    maxAttempts: flags['max-attempts'],
    maxCrashes: flags['max-crashes'],
    backoffBaseMs: flags['backoff-base-ms'],
    backoffMaxMs: flags['backoff-max-ms'],
    verifyAfterMs: flags['verify-after'],
    lookFirst: flags['look-first'],
    alwaysCheckWhatsApp: flags['check-whatsapp'],
  });
}
