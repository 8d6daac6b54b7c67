import type { FailureFilter } from '@visanet/cbb-postgres';
import { duration, text } from './flags.ts';
import { given } from './given.ts';
import type { Flags } from './read-flags.ts';

/** Which failed orders a command is about. */
export const failureFlags = {
  kind: text('Only failures of this kind, or of these: invalid_request,partial_write', 'kinds')
    .regex(/^[a-z0-9_]+(,[a-z0-9_]+)*$/, 'must be kinds as cbb failures shows them, with commas between')
    .optional(),
  reason: text('Only failures with exactly this reason', 'reason').optional(),
  'older-than': duration('Only orders whose last attempt began so long ago').optional(),
};

export function failureFilterOf(flags: Partial<Flags<typeof failureFlags>>): FailureFilter {
  return given({ kinds: flags.kind?.split(','), reason: flags.reason, olderThanMs: flags['older-than'] });
}
