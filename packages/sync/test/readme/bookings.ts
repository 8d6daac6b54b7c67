import { defineMapping } from '@visanet/cbb-sync';
import * as z from 'zod';

const visa = z.enum(['T', 'B', 'S']);
const booking = z.object({
  id: z.string(),
  created_at: z.string(),
  country_code: z.string().nullable(),
  number: z.string(),
  first_name: z.string(),
  last_name: z.string(),
  visa,
  total_cents: z.number(),
  currency: z.string(),
  branch: z.string(),
  desk: z.string().nullable(),
});

// A code without a word does not compile.
const visaWords: Record<z.infer<typeof visa>, string> = { T: 'tourist', B: 'business', S: 'student' };

export const bookings = defineMapping({
  schema: booking,
  orderId: 'id',
  rank: 'created_at',
  // Phone from two columns; a national number without a code is British, one with + stays what it is.
  phone: {
    from: ['country_code', 'number'],
    value: (row) => ({ code: row.country_code ?? '44', number: row.number }),
  },
  fields: {
    // Minor units: 15000 GBP becomes 150.00 GBP, 15000 JPY stays 15000 JPY.
    total_paid: { type: 'money', from: { amount: 'total_cents', currency: 'currency' }, unit: 'minor' },
    // Concatenation.
    full_name: {
      type: 'text',
      from: ['first_name', 'last_name'],
      value: (row) => `${row.first_name} ${row.last_name}`,
    },
    // Enum translation.
    visa_type: { type: 'text', from: 'visa', value: (row) => visaWords[row.visa] },
    // Constant.
    source: { type: 'text', from: [], value: () => 'bookings' },
    // A value by branch; null counts as missing.
    counter: {
      type: 'text',
      from: ['branch', 'desk'],
      value: (row) => (row.branch === 'london' ? row.desk : null),
    },
  },
});
