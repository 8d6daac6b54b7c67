import { err, ok, type Result } from 'neverthrow';
import { chooseTarget } from '../planner/choose-target.ts';
import { afterFind, type Knowledge, recall } from '../planner/knowledge.ts';
import { nextCall, type PlannedCall } from '../planner/next-call.ts';
import type { FieldValue, GatewayContact, GatewayError } from '../ports/contact-gateway.ts';
import type { Ledger, PhoneIdentity, StoreError } from '../ports/order-store.ts';
import { hiddenValue } from '../privacy/hidden-value.ts';
import { maskPhone } from '../privacy/mask-phone.ts';
import {
  belongsTo,
  type EarlyEnd,
  erasedEnd,
  failed,
  identify,
  judgeOrder,
  olderThanHistory,
  skipped,
} from './judge-order.ts';
import { endedByRow } from './need-no-lease.ts';
import { type EngineParts, planRules, recallRules } from './parts.ts';
import type { SyncReport } from './sync-engine.ts';

export interface PreviewOptions {
  /** Look the contact up: shows old values and settles branches. @default false */
  readonly read?: boolean;
  readonly force?: boolean;
  /** As if an order from before the sync had been asked for. @default false */
  readonly history?: boolean;
  readonly signal?: AbortSignal;
}

export interface FieldChange {
  readonly field: string;
  readonly change: 'set' | 'clear';
  /** `***`: no part of any value is shown. Null when the field is cleared. */
  readonly newValue: string | null;
  /** As `newValue`, null when the contact has none; only where the contact was read. */
  readonly oldValue?: string | null;
}

export interface SyncPreview {
  readonly orderId: string;
  readonly phone: string | null;
  /** The outcome of an order that would end before any call; null where a sync would go on to its calls. */
  readonly outcome: EarlyEnd['outcome'] | 'unchanged' | null;
  /**
   * Why nothing would be called, in the words of the sync's own report: `invalid_phone: …`, `row_invalid: …`,
   * `mapping_failed: …`, `before_start`, `older_than_history`, `erased`, `outside_rollout`, or the reason of the
   * eligibility rule. Null for an `unchanged` order. What only a lease can tell is not foreseen: a phone that another
   * sync holds, and an order that crashed too often.
   */
  readonly held: string | null;
  /** Order whose values would be written; null when the contact already holds newer ones. */
  readonly targetOrderId: string | null;
  /** Calls in their order; branches are spelled out, e.g. `create, or find and update on conflict`. */
  readonly calls: readonly string[];
  readonly changes: readonly FieldChange[];
}

/** What a sync would do now: no lease, no row and, unless `read` is set, no call. */
export async function previewOrder<O>(
  parts: EngineParts<O>,
  orderId: string,
  options: PreviewOptions,
): Promise<Result<SyncPreview | null, StoreError | GatewayError>> {
  const { store, gateway, mapping, hasher } = parts;
  const loaded = await store.load(orderId, 0);
  if (loaded.isErr()) return err(loaded.error);
  if (loaded.value === null) return ok(null);
  const { order } = loaded.value;
  if (order.status === 'history' && !options.history)
    return ok(ended(orderId, null, skipped('before_start')));
  const byRow = endedByRow(parts, order, { ...options, now: true });
  if (byRow !== null) return ok(unchanged(byRow));

  const judged = judgeOrder(parts, order);
  const end = judged.kind === 'end' ? judged.end : null;
  const phone = judged.phone === 'unchanged' ? keptPhone(parts, order.phoneKey) : judged.phone;
  // An order that ends here has nothing to do with the contact, unless a write for its phone was left half done.
  if (phone === null || (end !== null && phone.phoneKey !== order.phoneKey)) {
    return ok(ended(orderId, phone, end ?? erasedEnd));
  }
  const erased = end === null ? await store.isErased(phone.tombstone) : ok(false);
  if (erased.isErr()) return err(erased.error);
  if (erased.value) return ok(ended(orderId, phone, erasedEnd));

  const peeked = await store.peek(orderId, phone.phoneKey);
  if (peeked.isErr()) return err(peeked.error);
  const snapshot = peeked.value;
  const rules = { mapping, hasher, belongs: belongsTo(parts, phone.phoneKey) };
  const { target, own } = chooseTarget(snapshot, orderId, rules);
  if (end !== null && (target === null || !isUnsettled(snapshot.ledger))) {
    return ok(ended(orderId, phone, end));
  }
  if (target === null && own.kind === 'outdated') return ok(ended(orderId, phone, skipped(olderThanHistory)));
  if (target === null && own.kind === 'unusable') return ok(ended(orderId, phone, failed(own)));

  const desired = target?.desired ?? null;
  let known = recall(snapshot.ledger, recallRules(parts, options.force ?? false));
  let found: GatewayContact | null = null;
  if (options.read && desired !== null) {
    const signal = options.signal === undefined ? {} : { signal: options.signal };
    const read = await gateway.find(phone.phoneKey, signal);
    if (read.isErr()) return err(read.error);
    found = read.value;
    known = afterFind(known, found, desired, hasher);
  }
  const call = nextCall(phone.phoneKey, desired, known, planRules(parts), hasher);
  return ok({
    orderId,
    phone: maskPhone(phone.phoneKey),
    outcome: null,
    held: null,
    targetOrderId: target?.orderId ?? null,
    calls: call === null ? [] : describe(call, known, gateway.capabilities.checksWhatsApp),
    changes: call === null ? [] : changesOf(call, found),
  });
}

function keptPhone<O>(parts: EngineParts<O>, phoneKey: string | null): PhoneIdentity | null {
  return phoneKey === null ? null : identify(parts, phoneKey);
}

function isUnsettled({ appliedHashes, repair, unclean }: Ledger): boolean {
  return appliedHashes !== null || repair || unclean;
}

function unchanged({ orderId, phone }: SyncReport): SyncPreview {
  return {
    orderId,
    phone,
    outcome: 'unchanged',
    held: null,
    targetOrderId: null,
    calls: [],
    changes: [],
  };
}

function ended(orderId: string, phone: PhoneIdentity | null, end: EarlyEnd): SyncPreview {
  const masked = phone === null ? null : maskPhone(phone.phoneKey);
  const { outcome, reason: held } = end;
  return { orderId, phone: masked, outcome, held, targetOrderId: null, calls: [], changes: [] };
}

function describe(call: PlannedCall, known: Knowledge, checksWhatsApp: boolean): string[] {
  const check =
    checksWhatsApp && !known.whatsApp.settled ? ['check_whatsapp, unless the answer says yes'] : [];
  switch (call.kind) {
    case 'find':
      return ['find', 'create, or update of what differs', ...check];
    case 'create':
      return [known.contact === 'absent' ? 'create' : 'create, or find and update on conflict', ...check];
    case 'update':
      return ['update', ...check];
    case 'check_whatsapp':
      return ['check_whatsapp'];
  }
}

function changesOf(call: PlannedCall, found: GatewayContact | null): FieldChange[] {
  if (call.kind !== 'create' && call.kind !== 'update') return [];
  const set: Readonly<Record<string, FieldValue>> =
    call.kind === 'create' ? call.contact.fields : call.changes.set;
  const clear = call.kind === 'create' ? [] : call.changes.clear;
  const old = (field: string) => {
    if (found === null) return {};
    const value = found.fields[field] ?? null;
    return { oldValue: value === null ? null : hiddenValue };
  };
  return [
    ...Object.keys(set).map((field) => ({
      field,
      change: 'set' as const,
      newValue: hiddenValue,
      ...old(field),
    })),
    ...clear.map((field) => ({ field, change: 'clear' as const, newValue: null, ...old(field) })),
  ];
}
