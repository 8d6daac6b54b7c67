import * as z from 'zod/mini';
import type { CommonOptions } from './client-options.ts';
import { type CommonSettings, commonShape } from './common-schema.ts';
import { once } from './once.ts';
import { parseOptions } from './parse-options.ts';

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

const schema = once(() => {
  const { timeoutMs, deadlineMs, maxWaitMs, maxRetryAfterMs, retry, ...rest } = commonShape();
  const { hooks, logger, tracer, userAgent, headers } = rest;
  return z.partial(
    z.strictObject({
      timeoutMs,
      deadlineMs,
      maxWaitMs,
      maxRetryAfterMs,
      retry,
      hooks,
      logger,
      tracer,
      userAgent,
      headers,
    }),
  );
});

/** Each option that is given takes the place of the client's own. */
export function deriveSettings<S extends CommonSettings>(settings: S, options: DerivedOptions): S {
  const given = new Set(Object.keys(options ?? {}));
  const parsed = Object.entries(parseOptions(schema(), options)).filter(([name]) => given.has(name));
  return { ...settings, ...Object.fromEntries(parsed) };
}
