import { describe, expect, it } from 'vitest';
import {
  clear,
  desire,
  hashes,
  knowledge,
  leave,
  plainHasher,
  set,
  whatsApp,
} from '../../test/planner/facts.ts';
import type { DesiredContact } from '../mapping/mapping.ts';
import type { Knowledge } from './knowledge.ts';
import { identityDrift, nextCall, type PlanRules } from './next-call.ts';

const phone = '447700900123';
const settled = whatsApp({ answer: 'yes', settled: true });

function plan(desired: DesiredContact | null, known: Partial<Knowledge>, rules: Partial<PlanRules> = {}) {
  const all = { conflictOnCreate: true, checksWhatsApp: true, lookFirst: false, ...rules };
  return nextCall(phone, desired, knowledge(known), all, plainHasher);
}

describe('an unknown contact', () => {
  const desired = desire({ city: set('Lome') });
  const create = { kind: 'create', contact: { phone, fields: { city: 'Lome' } } };

  it('is created at once where a duplicate create is refused', () => {
    expect(plan(desired, {})).toEqual(create);
  });

  it.each([{ lookFirst: true }, { conflictOnCreate: false }, { lookFirst: true, conflictOnCreate: false }])(
    'is looked up first under %o',
    (rules) => {
      expect(plan(desired, {}, rules)).toEqual({ kind: 'find' });
    },
  );

  it('is created without another look once it was proven absent', () => {
    const known = { contact: 'absent' } as const;
    expect(plan(desired, known, { lookFirst: true, conflictOnCreate: false })).toEqual(create);
  });

  it('is looked up after an unclear outcome, whatever else is known', () => {
    for (const contact of ['unknown', 'absent', 'exists'] as const) {
      expect(plan(desired, { contact, mustLook: true })).toEqual({ kind: 'find' });
    }
  });
});

describe('a new contact', () => {
  it('gets name, email and set fields; there is nothing to clear or leave', () => {
    const fields = { city: set('Lome'), seats: set(0), paid: set(false), note: clear, branch: leave };
    const desired = desire(fields, { name: 'Ama', email: 'ama@example.com' });
    expect(plan(desired, {})).toStrictEqual({
      kind: 'create',
      contact: {
        phone,
        name: 'Ama',
        email: 'ama@example.com',
        fields: { city: 'Lome', seats: 0, paid: false },
      },
    });
  });

  it('has no key for a name or email that is not known', () => {
    expect(plan(desire({}), {})).toStrictEqual({ kind: 'create', contact: { phone, fields: {} } });
  });
});

describe('a contact that exists', () => {
  const desired = desire({ city: set('Lome'), seats: set(2), note: clear, branch: leave });
  const held = hashes({ city: set('Lome'), seats: set(2), note: clear });

  it('costs no call when it holds everything', () => {
    expect(plan(desired, { contact: 'exists', hashes: held, whatsApp: settled })).toBeNull();
  });

  it('gets only what differs', () => {
    const known = { contact: 'exists', hashes: { ...held, ...hashes({ seats: set(3) }) } } as const;
    expect(plan(desired, known)).toEqual({ kind: 'update', changes: { set: { seats: 2 }, clear: [] } });
  });

  it('gets a field cleared that was set', () => {
    const known = { contact: 'exists', hashes: { ...held, ...hashes({ note: set('x') }) } } as const;
    expect(plan(desired, known)).toEqual({ kind: 'update', changes: { set: {}, clear: ['note'] } });
  });

  it('gets everything but what is left alone where nothing is known of its values', () => {
    const changes = { set: { city: 'Lome', seats: 2 }, clear: ['note'] };
    expect(plan(desired, { contact: 'exists' }, { lookFirst: true })).toEqual({ kind: 'update', changes });
  });
});

describe('the WhatsApp check', () => {
  const desired = desire({ city: set('Lome') });
  const done = { contact: 'exists', hashes: hashes({ city: set('Lome') }) } as const;

  it('is made once the contact is as desired and the answer is not settled', () => {
    expect(plan(desired, done)).toEqual({ kind: 'check_whatsapp' });
    expect(plan(desired, { contact: 'exists' })?.kind).toBe('update');
  });

  it('is not made where no check can answer, or where the answer is settled', () => {
    expect(plan(desired, done, { checksWhatsApp: false })).toBeNull();
    expect(plan(desired, { ...done, whatsApp: settled })).toBeNull();
  });

  it('is all that may be planned where the contact already holds newer values', () => {
    expect(plan(null, { contact: 'exists', mustLook: true })).toEqual({ kind: 'check_whatsapp' });
    expect(plan(null, { whatsApp: settled })).toBeNull();
  });
});

describe('a name or email that differs from the one at creation', () => {
  const desired = desire({}, { name: 'Ama', email: 'ama@example.com' });
  const drift = (wanted: DesiredContact, identity: Knowledge['identity']) =>
    identityDrift(wanted, identity, plainHasher);

  it('is named', () => {
    const other = plainHasher.text('other');
    expect(drift(desired, { name: other, email: other })).toEqual(['name', 'email']);
    expect(drift(desired, { name: plainHasher.text('Ama'), email: other })).toEqual(['email']);
    expect(drift(desired, { name: other, email: plainHasher.text('ama@example.com') })).toEqual(['name']);
  });

  it('is no drift where either side is not known', () => {
    const other = plainHasher.text('other');
    expect(drift(desired, {})).toEqual([]);
    expect(drift(desire({}), { name: other, email: other })).toEqual([]);
  });
});
