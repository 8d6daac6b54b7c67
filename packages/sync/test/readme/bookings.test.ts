import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { normalizePhone } from '../../src/phone/normalize-phone.ts';
import { bookings } from './bookings.ts';

const row = {
  id: 'b-1',
  created_at: '2026-03-04T10:00:00Z',
  country_code: null,
  number: '07700 900123',
  first_name: 'Noa',
  last_name: 'Levi',
  visa: 'B',
  total_cents: 15000,
  currency: 'GBP',
  branch: 'london',
  desk: 'A',
};

function read(changes: Partial<Record<keyof typeof row, unknown>> = {}) {
  const parsed = bookings.parse({ ...row, ...changes });
  if (!parsed.ok) throw new Error(parsed.problems.join());
  const { fields, problems } = bookings.desiredContact(parsed.order);
  const phone = normalizePhone(bookings.phoneOf(parsed.order)).unwrapOr(null);
  const values = Object.entries(fields).map(([name, intent]) => [
    name,
    intent.kind === 'set' ? intent.value : intent.kind,
  ]);
  return { phone, problems, ...Object.fromEntries(values) };
}

it('the mapping that the README shows is this one', () => {
  const file = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8');
  expect(file('../../README.md')).toContain(`\`\`\`ts\n${file('bookings.ts')}\`\`\`\n`);
});

it('reads money in minor units, two columns of a phone, names, a code, a constant and a value by branch', () => {
  expect(read()).toEqual({
    phone: '447700900123',
    problems: [],
    total_paid: '150.00 GBP',
    full_name: 'Noa Levi',
    visa_type: 'business',
    source: 'bookings',
    counter: 'A',
  });
  expect(read({ branch: 'paris' })).toMatchObject({ counter: 'clear' });
  expect(read({ currency: 'JPY' })).toMatchObject({ total_paid: '15000 JPY' });
});

it('takes the code of the row before its default, and an international number as it is', () => {
  expect(read({ country_code: '1', number: '202 555 0100' }).phone).toBe('12025550100');
  expect(read({ number: '+1 202 555 0100' }).phone).toBe('12025550100');
});

it('names all its columns, which are what a table must have', () => {
  expect([...bookings.watchedColumns, 'created_at', 'id'].sort()).toEqual(Object.keys(row).sort());
});
