import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';

const folder = join(__dirname, '../../../quickstart/src/samples');

const payload = z.looseObject({
  form: z.looseObject({
    client: z.looseObject({ name: z.string(), email: z.string() }),
  }),
  order: z.looseObject({ id: z.string() }),
});

export type Payload = z.infer<typeof payload>;

export const samples = z
  .array(z.object({ key: z.string(), payload }))
  .parse(JSON.parse(readFileSync(join(folder, 'vizi-samples.json'), 'utf8')));

const ending = z.object({
  orders: z.record(z.string(), z.object({ status: z.string(), phone: z.string().nullable() })),
  contacts: z.record(
    z.string(),
    z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  ),
});

/** How the samples must end on contract v1.1, written by hand. */
export const expected = z
  .object({ 'v1.1': ending })
  .parse(JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8')))['v1.1'];

/** A further order, of a person with another phone. */
export function orderOf(id: string, phone: string, name = 'Dana Example'): Payload {
  return payload.parse({
    form: {
      id: 'frm_000000000001',
      country: 'india',
      client: {
        name,
        email: 'dana@example.test',
        phone: { code: '44', number: phone },
        whatsappAlertsEnabled: true,
      },
      product: { name: 'india_tourist_year', country: 'india', docType: 'evisa' },
      quantity: 1,
      urgency: 'none',
    },
    order: { id, form_id: 'frm_000000000001', branch: 'il', amount: 249, currency: 'ILS', status: 'active' },
  });
}
