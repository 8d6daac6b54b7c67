import type { Candidate, Mapping, Snapshot, StoredOrder, StoreError } from '@visanet/cbb-sync';
import { err, ok, Result } from 'neverthrow';
import * as z from 'zod';
import { rowInvalid } from '../client/store-errors.ts';

const stored = z.object({
  orderId: z.string(),
  row: z.unknown(),
  version: z.number(),
  status: z.enum(['pending', 'syncing', 'synced', 'no_whatsapp', 'failed', 'skipped']),
  attempts: z.number(),
  phoneKey: z.string().nullable(),
  reason: z.string().nullable(),
});

const whatsApp = z.enum(['yes', 'no', 'unknown']);

const ledger = z.object({
  contact: z.enum(['unknown', 'exists']),
  hashes: z.record(z.string(), z.string()),
  identity: z.object({ name: z.string().exactOptional(), email: z.string().exactOptional() }),
  whatsApp: z.object({ answer: whatsApp, ageMs: z.number().nullable() }),
  verifiedAgeMs: z.number().nullable(),
  unclean: z.boolean(),
  repair: z.boolean(),
});

const candidate = stored.extend({ position: z.enum(['newer', 'applied', 'older']) });

/** Forms in which the statements answer. */
export const answers = {
  stored,
  snapshot: z.object({ ledger, candidates: z.array(candidate) }),
  leftPhone: z.enum(['none', 'repair_armed', 'orphaned']),
};

type StoredRow = z.infer<typeof stored>;

export function readOrder<O>(mapping: Mapping<O>, answer: StoredRow): Result<StoredOrder<O>, StoreError> {
  const { row, ...kept } = answer;
  const parsed = mapping.parse(row);
  return parsed.ok ? ok({ ...kept, order: parsed.order }) : err(rowInvalid(parsed.problems));
}

function readCandidate<O>(
  mapping: Mapping<O>,
  answer: z.infer<typeof candidate>,
): Result<Candidate<O>, StoreError> {
  return readOrder(mapping, answer).map((order) => ({ ...order, position: answer.position }));
}

export function readSnapshot<O>(
  mapping: Mapping<O>,
  answer: z.infer<typeof answers.snapshot>,
): Result<Snapshot<O>, StoreError> {
  const candidates = Result.combine(answer.candidates.map((row) => readCandidate(mapping, row)));
  return candidates.map((list) => ({ ledger: answer.ledger, candidates: list }));
}
