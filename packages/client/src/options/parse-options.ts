import type * as z from 'zod';

/** Throws one `TypeError` that lists every problem. It names options, never their values. */
export function parseOptions<Settings>(schema: z.ZodType<Settings>, options: unknown): Settings {
  const parsed = schema.safeParse(options);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map((issue) => {
    const path = issue.path.join('.');
    return path === '' ? `- ${issue.message}` : `- ${path}: ${issue.message}`;
  });
  throw new TypeError(`[cbb-client] invalid options:\n${problems.join('\n')}`);
}
