import { ok, type Result } from 'neverthrow';
import { type Choice, chooseTarget, type Target } from '../planner/choose-target.ts';
import { type ContactHasher, distrust, type Knowledge, recall } from '../planner/knowledge.ts';
import { isApplied } from '../planner/next-call.ts';
import type { Snapshot, StoreError } from '../ports/order-store.ts';
import { type Drive, driveContact } from './drive-contact.ts';
import { giveBack, giveUp, leaseLost, ownVersion, storeFailed } from './end-unfinished.ts';
import { finished, isOrphaned, outcomesOf, tell } from './finish-phone.ts';
import { type Held, ledgerAfter, type Progress } from './held-phone.ts';
import { recallRules } from './parts.ts';
import { deferred } from './report.ts';
import type { SyncOptions, SyncReport } from './sync-engine.ts';

/** Orders that keep changing under a sync are left to the next one after so many rounds. */
const maxRounds = 5;

/** `restart`: the order left this phone meanwhile. */
export type HoldResult = Result<SyncReport | 'restart', StoreError>;

/** Drives the contact of a leased phone to its newest order, until store and service agree. */
export async function holdPhone<O>(
  held: Held<O>,
  first: Snapshot<O>,
  options: SyncOptions,
): Promise<HoldResult> {
  const { parts, lease, orderId } = held;
  const { mapping, hasher, gateway } = parts;
  let snapshot = first;
  let progress: Progress = {
    ledger: first.ledger,
    known: recall(first.ledger, recallRules(parts, options.force ?? false)),
    appliedOrderId: null,
    calls: 0,
  };

  for (let round = 0; round < maxRounds; round += 1) {
    const choice = chooseTarget(snapshot, orderId, { mapping, hasher, belongs: held.belongs });
    const version = ownVersion(snapshot, orderId);
    if (choice.own.kind === 'elsewhere') {
      return (await giveBack(held, progress, version)).map(() => 'restart' as const);
    }
    const drive = await driveTo(held, choice, progress.known, options.signal);
    if (drive.kind === 'lease_lost') return leaseLost(held, progress.calls + drive.calls);
    progress = after(progress, drive, choice.target, hasher);
    if (drive.kind === 'store_failed') return storeFailed(held, progress, version, drive.error);
    if (drive.kind === 'failed') return giveUp(held, choice.own.candidate, drive, progress);

    const answer = await parts.store.complete({
      phone: lease.phone,
      token: lease.token,
      orderId,
      seen: snapshot.candidates.map(({ orderId, version }) => ({ orderId, version })),
      appliedOrderId: progress.appliedOrderId,
      ledger: ledgerAfter(progress),
      orphaned: isOrphaned(choice, progress),
      outcomes: outcomesOf(choice, progress.known, lease.phone),
    });
    if (answer.isErr()) return storeFailed(held, progress, version, answer.error);
    if (answer.value.kind === 'lost') return leaseLost(held, progress.calls);
    if (answer.value.kind === 'completed') {
      tell(held, choice, progress);
      return ok(finished(held, choice, choice.own, progress, answer.value.locked));
    }
    snapshot = answer.value.snapshot;
    if (snapshot.ledger.unclean) {
      const known = distrust(progress.known, gateway.capabilities.updatesInOneRequest);
      const ledger = { ...progress.ledger, unclean: true };
      progress = { ...progress, ledger, known, appliedOrderId: null };
    }
  }
  const given = await giveBack(held, progress, ownVersion(snapshot, orderId));
  return given.map(() => deferred(orderId, lease.phone.phoneKey, 'changing', 0, progress.calls));
}

/** Without an order to write or to finish there is nothing to ask of the service. */
async function driveTo<O>(
  held: Held<O>,
  { target, covered }: Choice<O>,
  known: Knowledge,
  signal: AbortSignal | undefined,
): Promise<Drive> {
  if (target === null && covered.length === 0) return { kind: 'reached', known, calls: 0 };
  return driveContact(held, target?.desired ?? null, known, signal);
}

function after(
  { ledger, appliedOrderId, calls }: Progress,
  drive: Exclude<Drive, { kind: 'lease_lost' }>,
  target: Target | null,
  hasher: ContactHasher,
): Progress {
  const { known } = drive;
  const progress = { ledger, known, calls: calls + drive.calls };
  if (target !== null && isApplied(target.desired, known, hasher)) {
    return { ...progress, appliedOrderId: target.orderId };
  }
  return { ...progress, appliedOrderId: drive.kind === 'reached' ? appliedOrderId : null };
}
