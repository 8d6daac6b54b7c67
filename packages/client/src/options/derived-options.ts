import type { CommonOptions } from './client-options.ts';
import { commonRules, type Rules } from './common-rules.ts';
import { type CommonSettings, checkOptions, defined, settingsOf } from './settings.ts';

/** What a derived client can do differently: nothing of whom it asks, and nothing of the limits that it shares. */
export type DerivedOptions = Pick<CommonOptions, DerivedOption>;

type DerivedOption =
  | 'timeoutMs'
  | 'deadlineMs'
  | 'maxWaitMs'
  | 'maxRetryAfterMs'
  | 'retry'
  | 'hooks'
  | 'logger'
  | 'tracer'
  | 'userAgent'
  | 'headers';

function derivedRules(): Rules<DerivedOptions> {
  const { timeoutMs, deadlineMs, maxWaitMs, maxRetryAfterMs, retry, ...rest } = commonRules();
  const { hooks, logger, tracer, userAgent, headers } = rest;
  const limits = { timeoutMs, deadlineMs, maxWaitMs, maxRetryAfterMs, retry };
  return { ...limits, hooks, logger, tracer, userAgent, headers };
}

/** Each option that is given takes the place of the client's own. */
export function deriveSettings<S extends CommonSettings>(settings: S, options: DerivedOptions): S {
  checkOptions(derivedRules(), options);
  const { retry, ...given } = defined(options);
  const { apiKey } = settings;
  return {
    ...settings,
    ...given,
    retry: retry === undefined ? settings.retry : settingsOf({ apiKey, retry }).retry,
  };
}
