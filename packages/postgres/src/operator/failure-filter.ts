import { type OptionRules, optional, wholeNumber } from '@visanet/cbb-sync';
import type { Layout } from '../layout/layout.ts';
import { inMs } from '../store/fragments.ts';

/** Which failed orders are meant; without any, all. */
export interface FailureFilter {
  /** Only orders whose last attempt began at least so long ago, in milliseconds. @default 0 */
  readonly olderThanMs?: number;
  /** Only failures of these kinds: what stands before the colon of a reason. */
  readonly kinds?: readonly string[];
  /** Leaves out failures of these kinds. */
  readonly exceptKinds?: readonly string[];
  /** Only failures with exactly this reason. */
  readonly reason?: string;
}

const isTexts = (value: unknown) =>
  Array.isArray(value) && value.every((each) => typeof each === 'string' && each !== '')
    ? undefined
    : 'must be a list of texts';

export const failureFilterRules: OptionRules = {
  olderThanMs: optional(wholeNumber(0)),
  kinds: optional(isTexts),
  exceptKinds: optional(isTexts),
  reason: optional((value) => (typeof value === 'string' && value !== '' ? undefined : 'must be a text')),
};

/** The kind of a failure: `partial_write: urgency, branch` is of kind `partial_write`. */
export const failureKind = ({ columns: c }: Layout) => `split_part(COALESCE(s.${c.error}, ''), ':', 1)`;

/** The filter as one JSON parameter. */
export function failureFilter(filter: FailureFilter): string {
  const { olderThanMs = 0, kinds = null, exceptKinds = [], reason = null } = filter;
  return JSON.stringify({ olderThanMs, kinds, exceptKinds, reason });
}

/** Condition on rows of `s`; `parameter` holds what `failureFilter` gave. */
export function isMeant(layout: Layout, parameter: string): string {
  const { columns: c } = layout;
  const filter = `${parameter}::jsonb`;
  const kind = failureKind(layout);
  return `s.${c.status} = 'failed'
    AND COALESCE(s.${c.attemptedAt}, '-infinity') <= now() - ${inMs(`(${filter} ->> 'olderThanMs')`)}
    AND (${filter} -> 'kinds' = 'null'::jsonb OR ${filter} -> 'kinds' ? ${kind})
    AND NOT ${filter} -> 'exceptKinds' ? ${kind}
    AND (${filter} ->> 'reason' IS NULL OR s.${c.error} = ${filter} ->> 'reason')`;
}
