/** Each file of tests has a schema of its own, as the shared suite has. */
const anySchema = /\bcbb_(?:test_)?[0-9a-f]{12}\b/;
export const plainSchema = 'cbb_000000000000';

/** Changes a statement as it reads in one and the same schema, wherever it runs. */
export function changeAnywhere(sql: string, change: (sql: string) => string): string {
  const schema = anySchema.exec(sql)?.[0];
  return schema === undefined
    ? change(sql)
    : change(sql.replaceAll(schema, plainSchema)).replaceAll(plainSchema, schema);
}
