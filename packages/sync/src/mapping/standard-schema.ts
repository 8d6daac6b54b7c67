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

/** The property of the row that an issue is about; undefined: the row as a whole. Messages may hold customer data. */
export function columnOf(issue: StandardIssue): string | undefined {
  const [first] = issue.path ?? [];
  if (first === undefined) return undefined;
  return String(typeof first === 'object' ? first.key : first);
}
