import type { DesiredContact } from '../mapping/mapping.ts';
import type { FieldChanges, FieldValue, NewContact } from '../ports/contact-gateway.ts';
import type { ContactHasher, Knowledge } from './knowledge.ts';

export type PlannedCall =
  | { readonly kind: 'find' }
  | { readonly kind: 'create'; readonly contact: NewContact }
  | { readonly kind: 'update'; readonly changes: FieldChanges }
  | { readonly kind: 'check_whatsapp' };

export interface PlanRules {
  /** A create for an existing phone is refused, so that it may come before a look. */
  readonly conflictOnCreate: boolean;
  readonly checksWhatsApp: boolean;
  /** Look before every create, as the plan draws it. */
  readonly lookFirst: boolean;
}

/** The next call on the way from what is known to what is desired; null when nothing is left to do. */
export function nextCall(
  phone: string,
  desired: DesiredContact | null,
  known: Knowledge,
  rules: PlanRules,
  hasher: ContactHasher,
): PlannedCall | null {
  if (desired !== null) {
    if (known.mustLook) return { kind: 'find' };
    if (known.contact === 'unknown' && (rules.lookFirst || !rules.conflictOnCreate)) return { kind: 'find' };
    if (known.contact !== 'exists') return { kind: 'create', contact: newContact(phone, desired) };
    const changes = changesOf(desired, known.hashes, hasher);
    if (changes !== null) return { kind: 'update', changes };
  }
  if (rules.checksWhatsApp && !known.whatsApp.settled) return { kind: 'check_whatsapp' };
  return null;
}

function newContact(phone: string, desired: DesiredContact): NewContact {
  const fields: Record<string, FieldValue> = {};
  for (const [name, intent] of Object.entries(desired.fields)) {
    if (intent.kind === 'set') fields[name] = intent.value;
  }
  return {
    phone,
    ...(desired.name === undefined ? {} : { name: desired.name }),
    ...(desired.email === undefined ? {} : { email: desired.email }),
    fields,
  };
}

/** What must be written to a contact of which these fields are acknowledged; null: nothing. */
function changesOf(
  desired: DesiredContact,
  hashes: Knowledge['hashes'],
  hasher: ContactHasher,
): FieldChanges | null {
  const set: Record<string, FieldValue> = {};
  const clear: string[] = [];
  for (const [name, intent] of Object.entries(desired.fields)) {
    if (intent.kind === 'leave' || hashes[name] === hasher.field(intent)) continue;
    if (intent.kind === 'set') set[name] = intent.value;
    else clear.push(name);
  }
  return clear.length === 0 && Object.keys(set).length === 0 ? null : { set, clear };
}

/** Whether the contact is proven to hold all fields. */
export function isApplied(desired: DesiredContact, known: Knowledge, hasher: ContactHasher): boolean {
  return known.contact === 'exists' && !known.mustLook && gives(desired, known.hashes, hasher);
}

/** Whether an order gives these values, and no others. */
export function gives(desired: DesiredContact, hashes: Knowledge['hashes'], hasher: ContactHasher): boolean {
  return changesOf(desired, hashes, hasher) === null;
}

/** Names of the top-level values that differ from those the contact was created with. */
export function identityDrift(
  desired: DesiredContact,
  identity: Knowledge['identity'],
  hasher: ContactHasher,
): readonly ('name' | 'email')[] {
  return (['name', 'email'] as const).filter((key) => {
    const wanted = desired[key];
    const held = identity[key];
    return wanted !== undefined && held !== undefined && hasher.text(wanted) !== held;
  });
}
