import { columnValue } from './column-value.ts';
import { UndeclaredColumn } from './try-mapping.ts';

/**
 * An order with the declared columns alone; to read another is a mistake that would show itself only when that column
 * changes and nothing is synced.
 */
export function declaredColumns<O extends object>(order: O, columns: readonly string[]): O {
  const declared = new Set(columns);
  const foreign = Reflect.ownKeys(order).filter((key) => typeof key === 'string' && !declared.has(key));
  const visible: O = { ...order };
  for (const key of foreign) Reflect.deleteProperty(visible, key);
  return new Proxy(visible, {
    get(_, key) {
      const foreign = typeof key === 'string' && !declared.has(key);
      // What every object is asked for when it is turned into text.
      if (foreign && key !== 'toJSON' && !(key in Object.prototype)) throw new UndeclaredColumn(key);
      return columnValue(order, key);
    },
  });
}
