import { columnOf, type StandardSchema } from './standard-schema.ts';
import { tryMapping } from './try-mapping.ts';
import { isPromise } from './usable-answer.ts';

/** The columns without which a schema takes no row, as far as it tells when it is given an empty one. */
export function requiredColumns(schema: StandardSchema<unknown>): readonly string[] {
  const told = tryMapping('schema', () => {
    const result = schema['~standard'].validate({});
    // Rows will tell what is wrong with it.
    return isPromise(result) ? [] : (result.issues ?? []).map(columnOf);
  });
  return [...new Set(told.unwrapOr([]))].filter((column) => column !== undefined);
}
