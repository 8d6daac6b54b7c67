import { parseArgs } from 'node:util';
import { err, ok, type Result } from 'neverthrow';
import * as z from 'zod';
import { type FlagShape, helpOf } from './flags.ts';

export type Flags<S extends FlagShape> = z.output<z.ZodObject<S>>;

export interface LexedFlags {
  readonly values: Readonly<Record<string, unknown>>;
  /** Arguments that are no flags. */
  readonly others: readonly string[];
}

/** Splits arguments into flags and the rest; nothing is judged yet. */
export function lexFlags(argv: readonly string[], shape: FlagShape): LexedFlags {
  const options = Object.fromEntries(
    Object.entries(shape).map(([name, schema]) => {
      const type = helpOf(schema).hint === undefined ? 'boolean' : 'string';
      return [name, { type } as const];
    }),
  );
  const { values, positionals } = parseArgs({
    args: [...argv],
    options,
    strict: false,
    allowPositionals: true,
  });
  return { values: { ...values }, others: positionals };
}

/** Every problem at once; the values themselves are not repeated, any may be a secret in the wrong place. */
export function checkFlags<S extends FlagShape>(
  shape: S,
  { values, others }: LexedFlags,
): Result<Flags<S>, readonly string[]> {
  const parsed = z.strictObject(shape).safeParse(values);
  const extra =
    others.length === 0 ? [] : ['only options are taken, as --name=value; an argument has no name'];
  if (parsed.success) return extra.length === 0 ? ok(parsed.data) : err(extra);
  const problems = parsed.error.issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((name) => `--${name} is not an option`)
      : [`--${issue.path.join('.')} ${issue.message}`],
  );
  return err([...problems, ...extra]);
}
