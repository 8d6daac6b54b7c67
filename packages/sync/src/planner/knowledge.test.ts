import { describe, expect, it } from 'vitest';
import {
  clear,
  desire,
  hashes,
  knowledge,
  leave,
  ledger,
  plainHasher,
  set,
  whatsApp,
  whatsAppRules,
} from '../../test/planner/facts.ts';
import type { GatewayContact } from '../ports/contact-gateway.ts';
import {
  afterConflict,
  afterCreate,
  afterFind,
  afterNotFound,
  afterPartialWrite,
  afterUnclearCreate,
  afterUnclearUpdate,
  afterUpdate,
  distrust,
  type RecallRules,
  recall,
} from './knowledge.ts';

const held = hashes({ city: set('Lome'), seats: set(2) });
const learntYes = whatsApp({ answer: 'yes', ageMs: 0, learnt: true, settled: true });

describe('what the ledger tells', () => {
  const rules: RecallRules = { force: false, updatesInOneRequest: true, verifyAfterMs: null };
  const known = ledger({ contact: 'exists', hashes: held, identity: { name: 'n' }, verifiedAgeMs: 500 });

  it('is believed when it is clean', () => {
    const whatsAppAnswer = { answer: 'no', ageMs: 7 } as const;
    expect(recall({ ...known, whatsApp: whatsAppAnswer }, rules)).toEqual(
      knowledge({
        contact: 'exists',
        hashes: held,
        identity: { name: 'n' },
        whatsApp: whatsApp({ ...whatsAppAnswer, settled: true }),
      }),
    );
  });

  it('settles WhatsApp by any answer, however old, but not by none', () => {
    const old = recall({ ...known, whatsApp: { answer: 'yes', ageMs: 1e12 } }, rules);
    expect(old.whatsApp.settled).toBe(true);
    expect(recall(known, rules).whatsApp).toEqual(whatsApp());
  });

  it.each([
    ['unclean', { unclean: true }, {}],
    ['forced', {}, { force: true }],
  ])('is no proof of any value when it is %s, and all are written again', (_, facts, changes) => {
    expect(recall({ ...known, ...facts }, { ...rules, ...changes })).toEqual(
      knowledge({ contact: 'exists', identity: { name: 'n' } }),
    );
  });

  it.each([
    ['the contact is not known', { contact: 'unknown' as const }, true],
    ['an update costs a request per field', {}, false],
  ])('makes a look necessary when it is unclean and %s', (_, facts, updatesInOneRequest) => {
    const changed = { ...rules, updatesInOneRequest };
    expect(recall({ ...known, ...facts, unclean: true }, changed).mustLook).toBe(true);
    expect(recall({ ...known, ...facts, unclean: false }, changed).mustLook).toBe(false);
  });

  it('does not make a forced write look', () => {
    const forced = { ...rules, force: true, updatesInOneRequest: false };
    expect(recall(known, forced)).toEqual(knowledge({ contact: 'exists', identity: { name: 'n' } }));
  });

  it('is verified by a look once it is older than that was asked for', () => {
    const mustLook = (verifiedAgeMs: number | null, verifyAfterMs: number | null) =>
      recall({ ...known, verifiedAgeMs }, { ...rules, verifyAfterMs }).mustLook;
    expect(mustLook(500, 500)).toBe(false);
    expect(mustLook(501, 500)).toBe(true);
    expect(mustLook(null, 500)).toBe(true);
    expect(mustLook(null, null)).toBe(false);
    expect(mustLook(501, null)).toBe(false);
    expect(mustLook(0, 0)).toBe(false);
  });

  it('of no contact needs no verification', () => {
    expect(recall(ledger(), { ...rules, verifyAfterMs: 1 }).mustLook).toBe(false);
  });
});

describe('distrust', () => {
  it.each([
    ['exists', true, 'exists', false],
    ['exists', false, 'exists', true],
    ['unknown', true, 'unknown', true],
    ['absent', true, 'unknown', true],
  ] as const)('of a contact that %s (one request per update: %s)', (contact, oneRequest, then, mustLook) => {
    const known = knowledge({ contact, hashes: held, created: true, verified: true });
    expect(distrust(known, oneRequest)).toEqual({ ...known, contact: then, mustLook, hashes: {} });
  });
});

describe('a look', () => {
  const desired = desire({ city: set('Lome'), seats: set(2), note: clear, branch: leave });
  const found: GatewayContact = {
    id: '447700900123',
    name: 'Ama',
    email: null,
    whatsApp: 'unknown',
    fields: { city: 'Lome', seats: 3, note: 'x', branch: 'y' },
  };
  const look = (facts: Partial<GatewayContact>, known = knowledge({ mustLook: true, hashes: held })) =>
    afterFind(known, { ...found, ...facts }, desired, plainHasher);

  it('proves what the contact holds, and nothing else', () => {
    expect(look({})).toEqual(
      knowledge({
        contact: 'exists',
        hashes: hashes({ city: set('Lome') }),
        identity: { name: plainHasher.text('Ama') },
        verified: true,
      }),
    );
  });

  it('reads name and email, and takes empty ones for none', () => {
    expect(look({ name: null, email: 'a@example.com' }).identity).toStrictEqual({
      email: plainHasher.text('a@example.com'),
    });
    expect(look({ name: '', email: '' }).identity).toStrictEqual({});
  });

  it('compares values as they are written', () => {
    expect(look({ fields: { seats: '2' } }).hashes).toMatchObject(hashes({ seats: set(2) }));
    const desiredFlag = desire({ flag: set(false), zero: set(0), text: set('null'), gone: set('undefined') });
    const contact = { ...found, fields: { flag: false, zero: 0, text: null } };
    expect(Object.keys(afterFind(knowledge(), contact, desiredFlag, plainHasher).hashes)).toEqual([
      'flag',
      'zero',
    ]);
  });

  it.each([
    ['missing', {}],
    ['null', { note: null }],
    ['empty', { note: '' }],
  ])('takes a field that is %s for cleared', (_, fields) => {
    expect(look({ fields }).hashes).toEqual(hashes({ note: clear }));
  });

  it.each([0, false, 'x'])('does not take %j for cleared', (note) => {
    expect(look({ fields: { note } }).hashes).toEqual({});
  });

  it('takes a yes from the contact and leaves any other answer to the check', () => {
    const known = knowledge({ whatsApp: whatsApp({ answer: 'no', ageMs: 5, settled: true }) });
    expect(look({ whatsApp: 'yes' }, known).whatsApp).toEqual(learntYes);
    expect(look({ whatsApp: 'no' }, known).whatsApp).toBe(known.whatsApp);
    expect(look({ whatsApp: 'unknown' }, known).whatsApp).toBe(known.whatsApp);
  });

  it('that finds nothing proves the contact absent', () => {
    const known = knowledge({ contact: 'exists', mustLook: true, hashes: held, identity: { name: 'n' } });
    expect(afterFind(known, null, desired, plainHasher)).toEqual(knowledge({ contact: 'absent' }));
    expect(afterNotFound({ ...known, updated: true })).toEqual(
      knowledge({ contact: 'absent', updated: true }),
    );
  });
});

describe('a create', () => {
  const desired = desire(
    { city: set('Lome'), note: clear, branch: leave },
    { name: 'Ama', email: 'a@b.example' },
  );

  it('that was acknowledged proves all fields, cleared ones too, and the identity', () => {
    const known = knowledge({ contact: 'absent', mustLook: true, hashes: { old: 'x' } });
    expect(afterCreate(known, { whatsApp: 'yes' }, desired, plainHasher, whatsAppRules())).toEqual(
      knowledge({
        wrote: true,
        contact: 'exists',
        hashes: hashes({ city: set('Lome'), note: clear }),
        identity: { name: plainHasher.text('Ama'), email: plainHasher.text('a@b.example') },
        whatsApp: learntYes,
        verified: true,
        created: true,
      }),
    );
  });

  it('whose answer says no leaves WhatsApp to the check', () => {
    const after = afterCreate(knowledge(), { whatsApp: 'no' }, desired, plainHasher, whatsAppRules());
    expect(after.whatsApp).toEqual(whatsApp());
  });

  it('whose outcome is unclear makes a look necessary', () => {
    const known = knowledge({ contact: 'absent', hashes: held, identity: { name: 'n' } });
    expect(afterUnclearCreate(known)).toEqual({
      ...known,
      wrote: true,
      contact: 'unknown',
      mustLook: true,
      hashes: {},
    });
  });

  it('that met a contact makes a look necessary', () => {
    const known = knowledge({ contact: 'absent' });
    expect(afterConflict(known)).toEqual({ ...known, contact: 'unknown', mustLook: true });
  });
});

describe('an update', () => {
  const desired = desire({ city: set('Oslo'), seats: set(3), note: clear });
  const known = knowledge({ contact: 'exists', hashes: held, identity: { name: 'n' } });

  it('that was acknowledged proves what it wrote and keeps what stood', () => {
    const changes = { set: { city: 'Oslo' }, clear: ['note'] };
    const after = afterUpdate(known, { whatsApp: 'yes' }, changes, desired, plainHasher, whatsAppRules());
    expect(after).toEqual({
      ...known,
      wrote: true,
      hashes: hashes({ city: set('Oslo'), seats: set(2), note: clear }),
      whatsApp: learntYes,
      updated: true,
    });
  });

  it('proves that the contact exists', () => {
    const changes = { set: { city: 'Oslo' }, clear: [] };
    const unknown = { ...known, contact: 'unknown' } as const;
    const after = afterUpdate(unknown, { whatsApp: 'no' }, changes, desired, plainHasher, whatsAppRules());
    expect(after).toMatchObject({ contact: 'exists', whatsApp: whatsApp() });
  });

  it('invents no hash for a name that is not desired', () => {
    const changes = { set: { other: 1 }, clear: ['another'] };
    const after = afterUpdate(known, { whatsApp: 'no' }, changes, desired, plainHasher, whatsAppRules());
    expect(after.hashes).toStrictEqual(held);
  });

  it('whose outcome is unclear voids what it tried, and nothing else', () => {
    expect(afterUnclearUpdate(known, ['city', 'note'])).toEqual({
      ...known,
      wrote: true,
      hashes: hashes({ seats: set(2) }),
    });
  });
});

describe('a write that was acknowledged in part', () => {
  const desired = desire({ city: set('Oslo'), seats: set(3), note: clear, branch: leave });
  const attempted = ['city', 'seats', 'note'];
  const known = knowledge({ contact: 'unknown', mustLook: true, hashes: { ...held, other: 'x' } });
  const after = (missing: readonly string[], start = known) =>
    afterPartialWrite(start, attempted, missing, desired, plainHasher);

  it('proves the contact and what is not missing, and voids the rest', () => {
    expect(after(['seats'])).toEqual({
      ...known,
      wrote: true,
      contact: 'exists',
      mustLook: false,
      hashes: { other: 'x', ...hashes({ city: set('Oslo'), note: clear }) },
      updated: true,
    });
  });

  it('proves no field when it names none', () => {
    expect(after([])).toEqual({
      ...known,
      wrote: true,
      contact: 'exists',
      mustLook: false,
      hashes: { other: 'x' },
      updated: false,
    });
  });

  it('counts as an update only where something was written, and keeps an earlier one', () => {
    expect(after(attempted).updated).toBe(false);
    expect(after(attempted, { ...known, updated: true }).updated).toBe(true);
  });

  it('takes nothing for written that was to be left alone', () => {
    const all = afterPartialWrite(known, Object.keys(desired.fields), ['seats'], desired, plainHasher);
    expect(Object.keys(all.hashes).sort()).toEqual(['city', 'note', 'other']);
  });
});
