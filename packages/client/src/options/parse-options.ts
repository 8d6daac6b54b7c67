import type * as z from 'zod/mini';

/** Throws one `TypeError` that lists every problem. It names options, never their values. */
export function parseOptions<Settings>(schema: z.ZodMiniType<Settings>, options: unknown): Settings {
  const parsed = schema.safeParse(options, { error: wordsOf });
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map((issue) => {
    const path = issue.path.join('.');
    return path === '' ? `- ${issue.message}` : `- ${path}: ${issue.message}`;
  });
  throw new TypeError(`[cbb-client] invalid options:\n${problems.join('\n')}`);
}

/** For what a schema has no words of its own. */
function wordsOf(issue: z.core.$ZodRawIssue): string {
  switch (issue.code) {
    case 'unrecognized_keys':
      return `unknown option: ${issue.keys.join(', ')}`;
    case 'too_small':
      return `expected at least ${issue.minimum}`;
    case 'too_big':
      return `expected at most ${issue.maximum}`;
    case 'invalid_value':
      return `expected ${issue.values.map((value) => JSON.stringify(value)).join(' or ')}`;
    case 'invalid_type':
      return `expected ${issue.expected}`;
    default:
      return 'not usable';
  }
}
