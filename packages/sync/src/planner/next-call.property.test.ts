import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clear, desire, leave, ledger, plainHasher, set } from '../../test/planner/facts.ts';
import { type Fate, type ModelRules, type ModelService, type Run, work } from '../../test/planner/model.ts';
import type { DesiredContact, FieldIntent } from '../mapping/mapping.ts';
import type { FieldValue } from '../ports/contact-gateway.ts';
import type { Ledger } from '../ports/order-store.ts';

const names = ['city', 'seats', 'note', 'branch'] as const;
const value = fc.constantFrom<FieldValue>('Lome', 'Oslo', '1', 1, 0, true, false);
const intent = fc.oneof(value.map(set), fc.constant(clear), fc.constant(leave));
const desired = fc
  .tuple(fc.dictionary(fc.constantFrom(...names), intent), fc.option(fc.constant('Ama'), { nil: undefined }))
  .map(([fields, name]) => desire(fields, name === undefined ? {} : { name }));

const rules: fc.Arbitrary<ModelRules> = fc.record({
  conflictOnCreate: fc.boolean(),
  checksWhatsApp: fc.boolean(),
  lookFirst: fc.boolean(),
  force: fc.boolean(),
  updatesInOneRequest: fc.boolean(),
  verifyAfterMs: fc.constantFrom(null, 0, 1_000),
  alwaysCheck: fc.boolean(),
  maxAgeMs: fc.constantFrom(0, 1_000),
});

const service: fc.Arbitrary<ModelService> = fc
  .record({
    // `other` is a field that no order maps.
    fields: fc.option(
      fc
        .dictionary(fc.constantFrom(...names, 'other'), value)
        .map((fields) => new Map(Object.entries(fields))),
    ),
    hasWhatsApp: fc.boolean(),
    silent: fc.boolean(),
  })
  .map(({ fields, hasWhatsApp, silent }) => {
    const answer = hasWhatsApp ? 'yes' : 'no';
    return { fields, hasWhatsApp, heard: silent ? 'unknown' : answer };
  });

interface Case {
  readonly service: ModelService;
  readonly ledger: Ledger;
  readonly desired: DesiredContact;
  readonly rules: ModelRules;
}

/** A ledger that is clean tells the truth about each field it knows; one that is not may say anything. */
const anyCase: fc.Arbitrary<Case> = fc
  .record({
    service,
    desired,
    rules,
    contact: fc.constantFrom('unknown', 'exists'),
    remembered: fc.dictionary(fc.constantFrom(...names), fc.option(intent)),
    unclean: fc.boolean(),
    whatsApp: fc.constantFrom('yes', 'no', 'unknown'),
    ageMs: fc.constantFrom(null, 0, 5_000),
  })
  .map(({ contact, remembered, unclean, whatsApp, ageMs, ...rest }) => {
    const actual = rest.service.fields;
    const lies = unclean || rest.rules.force;
    const told = Object.entries(remembered).map(([name, guess]): [string, FieldIntent] => {
      const held = actual?.get(name);
      return [name, lies && guess !== null ? guess : held === undefined ? clear : set(held)];
    });
    const hashes = Object.fromEntries(told.map(([name, held]) => [name, plainHasher.field(held)]));
    const facts = { contact, hashes, unclean, verifiedAgeMs: ageMs, whatsApp: { answer: whatsApp, ageMs } };
    return { ...rest, ledger: ledger(facts) };
  });

const fates = fc.array(
  fc.constantFrom<Fate>(
    'answered',
    'lost_before',
    'lost_after',
    'partial',
    'partial_unnamed',
    'crash_before',
    'crash_after',
  ),
  { maxLength: 5 },
);

function namesWith(wanted: DesiredContact, kind: FieldIntent['kind']): string[] {
  return Object.entries(wanted.fields).flatMap(([name, field]) => (field.kind === kind ? [name] : []));
}

function writtenBy(run: Run): string[] {
  return run.calls.flatMap((call) => {
    if (call.kind === 'create') return Object.keys(call.contact.fields);
    return call.kind === 'update' ? [...Object.keys(call.changes.set), ...call.changes.clear] : [];
  });
}

function expectReached(start: ModelService, wanted: DesiredContact, run: Run): void {
  const fields = run.service.fields;
  // Deleted behind a clean ledger that needs nothing written: nobody can know without a call.
  if (fields === null) {
    expect(run.calls).toEqual([]);
    return;
  }
  for (const [name, field] of Object.entries(wanted.fields)) {
    if (field.kind === 'set') expect(String(fields.get(name))).toBe(String(field.value));
    if (field.kind === 'clear') expect(fields.has(name)).toBe(false);
  }
  if (start.fields === null) return;
  for (const name of ['other', ...namesWith(wanted, 'leave')]) {
    expect(fields.get(name)).toBe(start.fields.get(name));
  }
}

const runs = { numRuns: 2_000 };
const timeout = 60_000;

describe('from whatever is known to whatever is desired', () => {
  it('takes at most four calls', { timeout }, () => {
    fc.assert(
      fc.property(anyCase, (given) => {
        const run = work(given.service, given.ledger, given.desired, given.rules);
        expect(run.calls.length).toBeLessThanOrEqual(4);
        expectReached(given.service, given.desired, run);
      }),
      runs,
    );
  });

  it('costs nothing the second time', { timeout }, () => {
    fc.assert(
      fc.property(anyCase, (given) => {
        const first = work(given.service, given.ledger, given.desired, given.rules);
        const later = { ...given.rules, force: false, verifyAfterMs: null };
        expect(work(first.service, first.ledger, given.desired, later).calls).toEqual([]);
      }),
      runs,
    );
  });

  it('writes nothing that is to be left alone, and nothing that was not asked for', { timeout }, () => {
    fc.assert(
      fc.property(anyCase, (given) => {
        const written = writtenBy(work(given.service, given.ledger, given.desired, given.rules));
        const wanted = [...namesWith(given.desired, 'set'), ...namesWith(given.desired, 'clear')];
        expect(wanted).toEqual(expect.arrayContaining(written));
      }),
      runs,
    );
  });

  it('clears nothing in a contact that it just created, nor what it just saw empty', { timeout }, () => {
    fc.assert(
      fc.property(anyCase, (given) => {
        const { calls, conflicts } = work(given.service, given.ledger, given.desired, given.rules);
        const kinds = calls.map(({ kind }) => kind);
        const created = kinds.lastIndexOf('create');
        if (created >= 0 && conflicts === 0) expect(kinds.slice(created)).not.toContain('update');
        const update = calls.find((call) => call.kind === 'update');
        if (update !== undefined && kinds.indexOf('find') >= 0) {
          for (const name of update.changes.clear) expect(given.service.fields?.has(name)).toBe(true);
        }
      }),
      runs,
    );
  });

  it('creates only where no contact is known', { timeout }, () => {
    fc.assert(
      fc.property(anyCase, ({ service, ledger, desired, rules }) => {
        // The model refuses to create twice where the service would not.
        const run = work(service, ledger, desired, rules);
        const blind = ledger.contact === 'unknown' && !ledger.unclean && !rules.lookFirst;
        expect(run.conflicts).toBeLessThanOrEqual(blind && rules.conflictOnCreate ? 1 : 0);
        if (service.fields !== null && ledger.contact === 'exists') {
          expect(run.calls.map(({ kind }) => kind)).not.toContain('create');
        }
      }),
      runs,
    );
  });

  it('knows WhatsApp in the end where it can be asked, and never takes silence for a no', { timeout }, () => {
    fc.assert(
      fc.property(anyCase, (given) => {
        const { known, calls } = work(given.service, given.ledger, given.desired, given.rules);
        const { answer } = known.whatsApp;
        const asked = calls.some(({ kind }) => kind === 'check_whatsapp');
        if (given.rules.checksWhatsApp) expect(answer).not.toBe('unknown');
        else expect(asked).toBe(false);
        const wrote = known.created || known.updated;
        if (given.rules.checksWhatsApp && given.rules.alwaysCheck && wrote) expect(asked).toBe(true);
        if (answer === 'no' && given.ledger.whatsApp.answer !== 'no') expect(asked).toBe(true);
        if (asked) expect(answer).toBe(given.service.hasWhatsApp ? 'yes' : 'no');
      }),
      runs,
    );
  });
});

describe('after answers that were lost and processes that died', () => {
  const trouble = fc.record({ fates, desired });

  it('gets there all the same, whatever was desired meanwhile', { timeout }, () => {
    fc.assert(
      fc.property(anyCase, fc.array(trouble, { maxLength: 3 }), (given, troubles) => {
        fc.pre(given.service.fields !== null || given.ledger.contact === 'unknown');
        let { service, ledger } = given;
        for (const { fates, desired } of troubles) {
          ({ service, ledger } = work(service, ledger, desired, given.rules, fates));
        }
        const last = work(service, ledger, given.desired, given.rules);
        expect(last.calls.length).toBeLessThanOrEqual(4);
        expect(last.service.fields).not.toBeNull();
        expectReached(service, given.desired, last);
      }),
      runs,
    );
  });

  it('looks before it repeats a create that may have happened', { timeout }, () => {
    const doubt = fc.constantFrom<Fate>('lost_before', 'lost_after', 'crash_before', 'crash_after');
    fc.assert(
      fc.property(anyCase, doubt, ({ service, ledger, desired, rules }, fate) => {
        const smooth = work(service, ledger, desired, rules);
        const before = smooth.calls.findIndex(({ kind }) => kind === 'create');
        fc.pre(before >= 0);
        const fates = [...Array.from({ length: before }, (): Fate => 'answered'), fate];
        const first = work(service, ledger, desired, rules, fates);
        // A crash leaves what the ledger knew before, as void: a contact that it thought to exist is written to.
        const [next] = work(first.service, first.ledger, desired, rules).calls;
        expect(next?.kind).not.toBe('create');
        if (first.ledger.contact === 'unknown') expect(next?.kind).toBe('find');
      }),
      { numRuns: 500 },
    );
  });
});
