/** A property named by data: columns are named by the host's definition, and its schema has checked the row. */
export function columnValue(row: unknown, column: PropertyKey): unknown {
  return typeof row === 'object' && row !== null ? Reflect.get(row, column) : undefined;
}
