import type { Candidate, Mapping, Snapshot, StoredOrder } from '@visanet/cbb-sync';
import * as z from 'zod';

const stored = z.object({
  orderId: z.string(),
  row: z.unknown(),
  version: z.number(),
  status: z.enum(['history', 'pending', 'syncing', 'synced', 'no_whatsapp', 'failed', 'skipped']),
  attempts: z.number(),
  phoneKey: z.string().nullable(),
  reason: z.string().nullable(),
  dueInMs: z.number().nullable(),
  failingForMs: z.number().nullable(),
});

const whatsApp = z.enum(['yes', 'no', 'unknown']);
const hashes = z.record(z.string(), z.string());

const ledger = z.object({
  contact: z.enum(['unknown', 'exists']),
  hashes,
  appliedHashes: hashes.nullable(),
  identity: z.object({ name: z.string().exactOptional(), email: z.string().exactOptional() }),
  whatsApp: z.object({ answer: whatsApp, ageMs: z.number().nullable() }),
  verifiedAgeMs: z.number().nullable(),
  unclean: z.boolean(),
  repair: z.boolean(),
});

const candidate = stored.extend({ position: z.enum(['newer', 'applied', 'older', 'older_than_history']) });

/** Forms in which the statements answer. */
export const answers = {
  stored,
  snapshot: z.object({ ledger, candidates: z.array(candidate) }),
  leftPhone: z.enum(['none', 'repair_armed', 'orphaned']),
};

/** An order as the engine sees it, also where its row does not fit the schema. */
export function readOrder<O>(mapping: Mapping<O>, answer: z.infer<typeof stored>): StoredOrder<O> {
  const { row, ...kept } = answer;
  const parsed = mapping.parse(row);
  if (parsed.ok) return { ...kept, readable: true, order: parsed.order };
  const { ok: _, ...refused } = parsed;
  return { ...kept, readable: false, ...refused };
}

export function readSnapshot<O>(
  mapping: Mapping<O>,
  { ledger, candidates }: z.infer<typeof answers.snapshot>,
): Snapshot<O> {
  const read = candidates.map(
    (answer): Candidate<O> => ({ ...readOrder(mapping, answer), position: answer.position }),
  );
  return { ledger, candidates: read };
}
