import { newContact, type SimulatedContact } from '../contract/world.ts';
import { exchangeCheckOf } from '../openapi/check-exchange.ts';
import { createPathMatcher } from '../openapi/match-path.ts';
import { type Violation, violationError } from '../openapi/violation.ts';
import { decodeFields } from '../v11/decode-fields.ts';
import { runExchange } from './exchange.ts';
import { realise, untilAborted } from './realise.ts';
import { rateLimitOf, startSession } from './session.ts';
import type { Simulator } from './simulator.ts';
import { checkRuntimeSettings, readOptions, type SimulatorOptions } from './simulator-options.ts';
import { dumpState, restoreState } from './simulator-state.ts';

/**
 * Simulates the contact service of one account: stateful, checked against the OpenAPI document on every exchange,
 * with faults by chance and by script. One instance per test keeps tests apart.
 *
 * @throws TypeError that lists every problem of the options
 */
export function createSimulator(options: SimulatorOptions = {}): Simulator {
  const settings = readOptions(options);
  let session = startSession(settings);
  // Violations that a reset swept away before anybody took them, and how many of the present ones were taken.
  const kept: Violation[] = [];
  let taken = 0;
  const { model } = session.contract;
  const check = exchangeCheckOf(model);
  const match = createPathMatcher(model);
  const exchange = (request: Request) => runExchange(request, { settings, session, check, match });

  return {
    contract: settings.contract,
    seed: settings.seed,
    apiKey: settings.apiKeys[0] ?? '',
    settings,
    exchange,
    async fetch(input, init) {
      const request = new Request(input, init);
      const { signal } = request;
      signal.throwIfAborted();
      const response = exchange(request).then((outcome) =>
        realise(outcome, settings.clock, settings.wallNowMs(), signal),
      );
      return untilAborted(response, signal);
    },
    get contacts() {
      return session.state.contacts;
    },
    fieldsOf(id) {
      const fields = session.state.contacts.get(id)?.fields ?? null;
      if (fields === null || settings.contract === 'plan') return fields;
      return decodeFields(fields, session.state.customFields);
    },
    putContact(changes) {
      const { contacts } = session.state;
      const fresh = newContact(settings, changes.id, changes.id);
      const contact: SimulatedContact = {
        ...(contacts.get(changes.id) ?? fresh),
        updatedAt: fresh.updatedAt,
        ...changes,
      };
      contacts.set(contact.id, contact);
    },
    removeContact: (id) => session.state.contacts.delete(id),
    get messages() {
      return session.state.messages;
    },
    get journal() {
      return session.journal.entries;
    },
    get requests() {
      return session.journal.requests;
    },
    get counts() {
      return session.journal.counts;
    },
    failNext(fault, target = {}, times = 1) {
      session.chooser.script(fault, target, times);
    },
    respondOnce(response, target = {}) {
      session.chooser.script({ kind: 'respond', ...response }, target, 1);
    },
    configure(changes) {
      checkRuntimeSettings({ ...changes });
      if (changes.faults !== undefined) session.chooser.setRules(changes.faults);
      if (changes.rateLimitPerMinute !== undefined)
        session.rateLimit = rateLimitOf(changes.rateLimitPerMinute);
    },
    get violations() {
      return session.violations;
    },
    assertNoViolations() {
      if (session.violations.length > 0) throw violationError(session.violations, settings);
    },
    takeViolations() {
      const fresh = [...kept.splice(0), ...session.violations.slice(taken)];
      taken = session.violations.length;
      return fresh;
    },
    reset() {
      kept.push(...session.violations.slice(taken));
      taken = 0;
      session = startSession(settings);
    },
    dump: () => dumpState(session.state, settings.contract),
    load(state) {
      restoreState(session.state, state, settings.contract);
    },
  };
}
