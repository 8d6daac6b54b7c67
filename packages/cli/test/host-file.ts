import type { MappingDefinition } from '@visanet/cbb-sync';
import * as z from 'zod';

const purchase = z.object({ id: z.string(), buyer_phone: z.string(), bought_at: z.string() });

const mapping: MappingDefinition<z.infer<typeof purchase>> = {
  schema: purchase,
  orderId: 'id',
  phone: 'buyer_phone',
  rank: 'bought_at',
  fields: { purchase: { from: 'id', type: 'text' } },
};

/** A host with tables and fields of its own. */
export default { mapping, store: { table: 'shop.purchases' } };
