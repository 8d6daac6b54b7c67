import * as z from 'zod';

interface FlagHelp {
  /** One sentence for the usage text. */
  readonly description: string;
  /** What the value is, e.g. `ms`; absent where the flag takes none. */
  readonly hint?: string;
}

const unset = (issue: { readonly input?: unknown }) =>
  issue.input === undefined ? 'must be given' : 'needs a value';

/** Flags of one command, by name without the dashes; the help of each is its meta data. */
export type FlagShape = Readonly<Record<string, z.ZodType>>;

export function flag(description: string) {
  return z.boolean('takes no value').default(false).meta({ description });
}

export function text(description: string, hint: string) {
  return z.string({ error: unset }).min(1, 'needs a value').meta({ description, hint });
}

export function choice<const C extends readonly [string, ...string[]]>(description: string, choices: C) {
  return z
    .enum(choices, `must be one of ${choices.join(', ')}`)
    .meta({ description, hint: choices.join('|') });
}

export function wholeNumber(
  description: string,
  { hint = 'number', min = 0, max = 2_147_483_647 }: { hint?: string; min?: number; max?: number } = {},
) {
  const rule = `must be a whole number from ${min} to ${max}`;
  return z
    .string({ error: unset })
    .regex(/^\d{1,15}$/, { error: rule, abort: true })
    .transform(Number)
    .refine((value) => value >= min && value <= max, rule)
    .meta({ description, hint });
}

/** From 0 to 1. */
export function share(description: string) {
  return z
    .string({ error: unset })
    .regex(/^(0(\.\d{1,10})?|1(\.0{1,10})?)$/, 'must be a number from 0 to 1')
    .transform(Number)
    .meta({ description, hint: '0..1' });
}

const unitMs: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

/** A time such as `90s`, `5m`, `1h` or `2d`, in milliseconds. */
export function duration(description: string) {
  return z
    .string({ error: unset })
    .regex(/^\d{1,9}(ms|s|m|h|d)$/, { error: 'must be a time such as 90s, 5m, 1h or 2d', abort: true })
    .transform((value) => Number.parseInt(value, 10) * (unitMs[value.replace(/^\d+/, '')] ?? 1))
    .meta({ description, hint: 'time' });
}

/** Optional and default wrappers carry no meta data of their own. */
export function helpOf(schema: z.ZodType): FlagHelp {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault) {
    const inner: unknown = schema.unwrap();
    if (schema.meta() === undefined && inner instanceof z.ZodType) return helpOf(inner);
  }
  const meta = schema.meta() ?? {};
  const hint = typeof meta.hint === 'string' ? { hint: meta.hint } : {};
  return { description: meta.description ?? '', ...hint };
}
