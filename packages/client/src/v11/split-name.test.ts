import { expect, it } from 'vitest';
import { splitName } from './split-name.ts';

it.each([
  ['Jane', { first_name: 'Jane' }],
  ['Jane Doe', { first_name: 'Jane', last_name: 'Doe' }],
  ['  Jane   van  der Doe ', { first_name: 'Jane', last_name: 'van der Doe' }],
  ['ישראל ישראלי', { first_name: 'ישראל', last_name: 'ישראלי' }],
  ['   ', {}],
])('the name %j becomes %j', (name, parts) => {
  expect(splitName(name)).toEqual(parts);
});
