import type { Mutant } from './mutants.ts';

/** A guard that no test can miss, with the reason. */
export interface Equivalent {
  /** How one of the statements that contain it begins: a file of the code, or a trigger. */
  readonly statement: string;
  readonly removed: string;
  readonly instead: string;
  /** A part of its excerpt that tells it from alike guards. */
  readonly near?: string;
  readonly reason: string;
}

const oneToken = 'A token is of one ledger alone; scope and phone find its row by the index.';
const goesWithErasure =
  'The ledger goes with the erasure; where that breaks off, whoever takes the phone next sets it anew.';
const writtenOnce =
  'A statement writes a row once, by the part that its answer reads; the other part would come too late.';

export const equivalents: readonly Equivalent[] = [
  {
    statement: 'store/begin.ts',
    removed: 's."order_id" <> able.id',
    instead: 'true',
    reason: writtenOnce,
  },
  {
    statement: 'store/begin.ts',
    removed: 'NOT EXISTS (SELECT 1 FROM taken)',
    instead: 'true',
    near: 'able.phone_key IS NULL AND',
    reason: writtenOnce,
  },
  ...['store/complete.ts', 'store/erase.ts'].flatMap((statement): Equivalent[] => [
    {
      statement,
      removed: 'l.scope = $1::text',
      instead: 'true',
      near: 'true] AND l.phone_key = $2::text AND l.lease',
      reason: oneToken,
    },
    {
      statement,
      removed: 'l.phone_key = $2::text',
      instead: 'true',
      near: 'true] AND l.lease_token',
      reason: oneToken,
    },
  ]),
  {
    statement: 'store/complete.ts',
    removed: 's."order_id" = w."orderId"',
    instead: 'true',
    near: 'outcomes w JOIN',
    reason:
      'More rows would be locked, and for no longer than the statement; those with an outcome are written.',
  },
  ...['unclean_shown = [l.unclean', 'unclean_shown = l.unclean OR [l.voided'].map(
    (near): Equivalent => ({
      statement: 'store/erase.ts',
      removed: near.endsWith('voided') ? 'l.voided' : 'l.unclean',
      instead: 'false',
      near,
      reason: goesWithErasure,
    }),
  ),
  ...[', dirty = [', ', orphaned = ['].map(
    (near): Equivalent => ({
      statement: 'store/erase.ts',
      removed: 'false',
      instead: 'true',
      near,
      reason: goesWithErasure,
    }),
  ),
  {
    statement: 'store/erase.ts',
    removed: `s."cbb_sync_status" = 'skipped'`,
    instead: 'true',
    near: 'buried WHERE',
    reason: 'It is read only where nothing else of the phone is free; the condition finds the index.',
  },
  ...['<>', '='].map(
    (is): Equivalent => ({
      statement: 'store/erase.ts',
      removed: `s."cbb_sync_status" ${is} 'skipped'`,
      instead: 'true',
      near: 'CROSS JOIN held WHERE s."cbb_phone_key" = $2::text AND [',
      reason: 'What both parts read is erased once; the condition finds the index.',
    }),
  ),
  {
    statement: 'store/void-ledger.ts',
    removed: 'COLLATE "C"',
    instead: '',
    near: 'DESC LIMIT 1) o)',
    reason: 'Only whether there is one counts; the order finds the index.',
  },
];

export function isEquivalent(
  mutant: Mutant,
  { statement, removed, instead, near = '' }: Equivalent,
): boolean {
  return (
    mutant.statements.some((one) => one.startsWith(statement)) &&
    mutant.removed === removed &&
    mutant.instead === instead &&
    mutant.excerpt.includes(near)
  );
}
