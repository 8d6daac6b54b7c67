import type { DesiredContact, FieldIntent } from '../mapping/mapping.ts';
import type { FieldChanges, GatewayContact, WriteAnswer } from '../ports/contact-gateway.ts';
import type { Ledger } from '../ports/order-store.ts';
import { heardOf, type WhatsAppKnowledge, type WhatsAppRules } from './whatsapp.ts';

export interface ContactHasher {
  field(intent: FieldIntent): string;
  text(value: string): string;
}

/** What one sync knows of the contact, from the ledger and from the answers it got so far. */
export interface Knowledge {
  /** `absent` was proven in this sync; `unknown` proves nothing. */
  readonly contact: 'unknown' | 'absent' | 'exists';
  /** The contact must be read before anything is concluded or created. */
  readonly mustLook: boolean;
  /** Hashes of acknowledged field intents. */
  readonly hashes: Readonly<Record<string, string>>;
  readonly identity: { readonly name?: string; readonly email?: string };
  readonly whatsApp: WhatsAppKnowledge;
  /** All values were read or written in this sync. */
  readonly verified: boolean;
  /** A write of this sync had an effect, or may have had one. */
  readonly wrote: boolean;
  readonly created: boolean;
  readonly updated: boolean;
}

export interface RecallRules {
  /** Distrust the hashes: every field is written again. */
  readonly force: boolean;
  /** Writing all fields again costs one request, so that it beats reading them first. */
  readonly updatesInOneRequest: boolean;
  /** Read the contact again when its values were last proven longer ago than this. */
  readonly verifyAfterMs: number | null;
}

export function recall(ledger: Ledger, rules: RecallRules): Knowledge {
  const distrusted = ledger.unclean || rules.force;
  const stale =
    rules.verifyAfterMs !== null && (ledger.verifiedAgeMs ?? Number.POSITIVE_INFINITY) > rules.verifyAfterMs;
  const unclear = ledger.unclean && (ledger.contact === 'unknown' || !rules.updatesInOneRequest);
  return {
    contact: ledger.contact,
    mustLook: unclear || (stale && ledger.contact === 'exists'),
    hashes: distrusted ? {} : ledger.hashes,
    identity: ledger.identity,
    whatsApp: {
      answer: ledger.whatsApp.answer,
      ageMs: ledger.whatsApp.ageMs,
      learnt: false,
      settled: ledger.whatsApp.answer !== 'unknown',
    },
    verified: false,
    wrote: false,
    created: false,
    updated: false,
  };
}

/** Another writer may have interfered while this sync worked. */
export function distrust(known: Knowledge, updatesInOneRequest: boolean): Knowledge {
  const mustLook = known.contact !== 'exists' || !updatesInOneRequest;
  return { ...known, hashes: {}, mustLook, contact: known.contact === 'absent' ? 'unknown' : known.contact };
}

function hashesOf(
  desired: DesiredContact,
  names: readonly string[],
  hasher: ContactHasher,
): Record<string, string> {
  const hashes: Record<string, string> = {};
  for (const name of names) {
    const intent = desired.fields[name];
    if (intent !== undefined && intent.kind !== 'leave') hashes[name] = hasher.field(intent);
  }
  return hashes;
}

function omit(hashes: Readonly<Record<string, string>>, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(Object.entries(hashes).filter(([name]) => !names.includes(name)));
}

function holds(actual: GatewayContact['fields'][string] | undefined, intent: FieldIntent): boolean {
  if (intent.kind === 'clear') return actual === undefined || actual === null || actual === '';
  return (
    intent.kind === 'set' &&
    actual !== undefined &&
    actual !== null &&
    String(actual) === String(intent.value)
  );
}

function identityHashes(identity: { name?: string | null; email?: string | null }, hasher: ContactHasher) {
  return {
    ...(identity.name ? { name: hasher.text(identity.name) } : {}),
    ...(identity.email ? { email: hasher.text(identity.email) } : {}),
  };
}

export function afterFind(
  known: Knowledge,
  found: GatewayContact | null,
  desired: DesiredContact,
  hasher: ContactHasher,
): Knowledge {
  if (found === null) return afterNotFound(known);
  const intents = Object.entries(desired.fields);
  const holding = intents.flatMap(([name, intent]) => (holds(found.fields[name], intent) ? [name] : []));
  return {
    ...known,
    contact: 'exists',
    mustLook: false,
    hashes: hashesOf(desired, holding, hasher),
    identity: identityHashes(found, hasher),
    whatsApp:
      found.whatsApp === 'yes' ? { answer: 'yes', ageMs: 0, learnt: true, settled: true } : known.whatsApp,
    verified: true,
  };
}

export function afterCreate(
  known: Knowledge,
  answer: WriteAnswer,
  desired: DesiredContact,
  hasher: ContactHasher,
  rules: WhatsAppRules,
): Knowledge {
  return {
    ...known,
    contact: 'exists',
    mustLook: false,
    hashes: hashesOf(desired, Object.keys(desired.fields), hasher),
    identity: identityHashes(desired, hasher),
    whatsApp: heardOf(known.whatsApp, answer.whatsApp, rules),
    verified: true,
    wrote: true,
    created: true,
  };
}

export function afterUpdate(
  known: Knowledge,
  answer: WriteAnswer,
  changes: FieldChanges,
  desired: DesiredContact,
  hasher: ContactHasher,
  rules: WhatsAppRules,
): Knowledge {
  const written = [...Object.keys(changes.set), ...changes.clear];
  return {
    ...known,
    contact: 'exists',
    hashes: { ...known.hashes, ...hashesOf(desired, written, hasher) },
    whatsApp: heardOf(known.whatsApp, answer.whatsApp, rules),
    wrote: true,
    updated: true,
  };
}

/** A write named the fields that were not acknowledged; the others of that write were. */
export function afterPartialWrite(
  known: Knowledge,
  attempted: readonly string[],
  missing: readonly string[],
  desired: DesiredContact,
  hasher: ContactHasher,
): Knowledge {
  // An error that names no field proves none.
  const unproven = missing.length === 0 ? attempted : missing;
  const written = attempted.filter((name) => !unproven.includes(name));
  return {
    ...known,
    contact: 'exists',
    mustLook: false,
    hashes: { ...omit(known.hashes, unproven), ...hashesOf(desired, written, hasher) },
    wrote: true,
    updated: known.updated || written.length > 0,
  };
}

/** A write may or may not have happened. */
export function afterUnclearUpdate(known: Knowledge, attempted: readonly string[]): Knowledge {
  return { ...known, wrote: true, hashes: omit(known.hashes, attempted) };
}

export function afterUnclearCreate(known: Knowledge): Knowledge {
  return { ...known, contact: 'unknown', mustLook: true, wrote: true, hashes: {} };
}

/** The contact that the ledger knew of is gone. */
export function afterNotFound(known: Knowledge): Knowledge {
  return { ...known, contact: 'absent', mustLook: false, hashes: {}, identity: {} };
}

/** A create met a contact that nobody knew of. */
export function afterConflict(known: Knowledge): Knowledge {
  return { ...known, contact: 'unknown', mustLook: true };
}
