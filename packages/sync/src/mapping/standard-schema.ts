import { tryMapping } from './try-mapping.ts';

/**
 * What this package needs of a schema: the part of Standard Schema v1 (standardschema.dev) that zod, valibot and
 * others implement. Schemas must be synchronous.
 */
export interface StandardSchema<Output> {
  readonly '~standard': {
    readonly version: 1;
    readonly vendor: string;
    readonly validate: (value: unknown) => StandardResult<Output> | Promise<StandardResult<Output>>;
  };
}

export type StandardResult<Output> =
  | { readonly value: Output; readonly issues?: undefined }
  | { readonly issues: readonly StandardIssue[] };

export interface StandardIssue {
  readonly message: string;
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
}

export type ParsedRow<O> =
  | { readonly ok: true; readonly order: O }
  | { readonly ok: false; readonly problems: readonly string[] };

/**
 * Runs a schema. A problem names the column alone: messages and inner keys may hold customer data.
 */
export function parseWithSchema<O>(schema: StandardSchema<O>, value: unknown): ParsedRow<O> {
  const validated = tryMapping('schema', () => schema['~standard'].validate(value));
  if (validated.isErr()) return { ok: false, problems: [`the schema threw ${validated.error.error}`] };
  const result = validated.value;
  if (result instanceof Promise) {
    // Some libraries run a schema that threw once more, asynchronously; what it rejects with may hold anything.
    result.catch(() => undefined);
    return { ok: false, problems: ['the schema threw, or is asynchronous, which it must not be'] };
  }
  if (result.issues === undefined) return { ok: true, order: result.value };
  return {
    ok: false,
    problems: [...new Set(result.issues.map(columnOf))].map((column) => `${column} is invalid`),
  };
}

function columnOf(issue: StandardIssue): string {
  const [first] = issue.path ?? [];
  if (first === undefined) return 'the row';
  return String(typeof first === 'object' ? first.key : first);
}
