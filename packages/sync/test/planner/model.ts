import { ledgerAfter } from '../../src/engine/held-phone.ts';
import type { DesiredContact } from '../../src/mapping/mapping.ts';
import {
  afterConflict,
  afterCreate,
  afterFind,
  afterNotFound,
  afterPartialWrite,
  afterUnclearCreate,
  afterUnclearUpdate,
  afterUpdate,
  type Knowledge,
  type RecallRules,
  recall,
} from '../../src/planner/knowledge.ts';
import { nextCall, type PlannedCall, type PlanRules } from '../../src/planner/next-call.ts';
import { checked, type WhatsAppRules } from '../../src/planner/whatsapp.ts';
import type { FieldValue, WhatsAppAnswer } from '../../src/ports/contact-gateway.ts';
import type { Ledger } from '../../src/ports/order-store.ts';
import { plainHasher } from './facts.ts';

const phone = '447700900123';

/** The service, reduced to the one contact that a plan is about. */
export interface ModelService {
  readonly fields: Map<string, FieldValue> | null;
  readonly hasWhatsApp: boolean;
  /** What answers to writes and looks say. */
  readonly heard: WhatsAppAnswer;
}

export interface ModelRules extends PlanRules, RecallRules, Pick<WhatsAppRules, 'alwaysCheck' | 'maxAgeMs'> {}

/** How one call ends: as it should, or in one of the ways that leave a doubt. */
export type Fate =
  | 'answered'
  | 'lost_before'
  | 'lost_after'
  /** All but one field were written; the error names it, or names none. */
  | 'partial'
  | 'partial_unnamed'
  | 'crash_before'
  | 'crash_after';

export interface Run {
  readonly calls: readonly PlannedCall[];
  readonly service: ModelService;
  /** As it stands in the store afterwards. */
  readonly ledger: Ledger;
  readonly known: Knowledge;
  readonly conflicts: number;
}

/** Works a plan off against the model, as long as nothing goes wrong. */
export function work(
  start: ModelService,
  ledger: Ledger,
  desired: DesiredContact,
  rules: ModelRules,
  fates: readonly Fate[] = [],
): Run {
  let known = recall(ledger, rules);
  let service = start;
  let conflicts = 0;
  const calls: PlannedCall[] = [];
  const whatsApp = { ...rules, canCheck: rules.checksWhatsApp };
  const end = (left = store(ledger, known)): Run => ({ calls, service, ledger: left, known, conflicts });

  for (;;) {
    const call = nextCall(phone, desired, known, rules, plainHasher);
    if (call === null) return end();
    if (calls.length > 20) throw new Error('the plan does not end');
    const fate = fates[calls.length] ?? 'answered';
    calls.push(call);
    if (fate === 'crash_before') return end({ ...ledger, unclean: true });
    if (fate === 'lost_before') {
      known = doubted(known, call);
      return end();
    }
    const before = service;
    service = effect(service, call, rules);
    if (fate === 'crash_after') return end({ ...ledger, unclean: true });
    if (fate === 'lost_after') {
      known = doubted(known, call);
      return end();
    }
    if (fate.startsWith('partial') && call.kind === 'update' && before.fields !== null) {
      const names = [...Object.keys(call.changes.set), ...call.changes.clear];
      const [missing = ''] = names;
      service = { ...service, fields: withField(service.fields, missing, before.fields.get(missing)) };
      known = afterPartialWrite(known, names, fate === 'partial' ? [missing] : [], desired, plainHasher);
      return end();
    }
    const answer = { whatsApp: service.heard };
    switch (call.kind) {
      case 'find': {
        const fields = service.fields === null ? null : Object.fromEntries(service.fields);
        const contact = fields === null ? null : { id: phone, name: null, email: null, fields, ...answer };
        known = afterFind(known, contact, desired, plainHasher);
        break;
      }
      case 'create':
        if (before.fields === null) known = afterCreate(known, answer, desired, plainHasher, whatsApp);
        else {
          conflicts += 1;
          known = afterConflict(known);
        }
        break;
      case 'update':
        known =
          before.fields === null
            ? afterNotFound(known)
            : afterUpdate(known, answer, call.changes, desired, plainHasher, whatsApp);
        break;
      case 'check_whatsapp':
        known =
          before.fields === null
            ? afterNotFound(known)
            : { ...known, whatsApp: checked(service.hasWhatsApp ? 'yes' : 'no') };
    }
  }
}

function doubted(known: Knowledge, call: PlannedCall): Knowledge {
  if (call.kind === 'create') return afterUnclearCreate(known);
  if (call.kind !== 'update') return known;
  return afterUnclearUpdate(known, [...Object.keys(call.changes.set), ...call.changes.clear]);
}

function effect(service: ModelService, call: PlannedCall, rules: ModelRules): ModelService {
  if (call.kind === 'create') {
    if (service.fields === null) return { ...service, fields: new Map(Object.entries(call.contact.fields)) };
    if (!rules.conflictOnCreate) throw new Error('the contact was created twice');
  }
  if (call.kind === 'update' && service.fields !== null) {
    const fields = new Map([...service.fields, ...Object.entries(call.changes.set)]);
    for (const name of call.changes.clear) fields.delete(name);
    return { ...service, fields };
  }
  return service;
}

function withField(fields: ModelService['fields'], name: string, value: FieldValue | undefined) {
  const copy = new Map(fields);
  if (value === undefined) copy.delete(name);
  else copy.set(name, value);
  return copy;
}

/** The ledger after a sync that could write it, a moment later. */
function store(before: Ledger, known: Knowledge): Ledger {
  const write = ledgerAfter({ ledger: before, known, appliedOrderId: null, calls: 0 });
  return {
    ...before,
    contact: write.contact,
    hashes: write.hashes,
    appliedHashes: write.appliedHashes,
    identity: write.identity,
    whatsApp: write.whatsApp === undefined ? before.whatsApp : { answer: write.whatsApp, ageMs: 1 },
    verifiedAgeMs: write.verified ? 1 : before.verifiedAgeMs,
    unclean: write.unclean,
  };
}
