import { createHasher } from '../../src/hash/field-hash.ts';
import type { FieldValue } from '../../src/ports/contact-gateway.ts';
import type { BeginAnswer, CompleteAnswer, Snapshot } from '../../src/ports/order-store.ts';
import type { Ticket } from '../world/ticket.ts';
import type { Sabotage } from './run-scenario.ts';

/** Any process may take a phone and any token holds it. */
export const leaseOff: Sabotage = {
  store: (store, state) => {
    const holdFor = (phoneKey: string, token: string) => {
      const ledger = state.ledgers.get(phoneKey);
      if (ledger !== undefined) ledger.lease = { token, expiresAt: Number.POSITIVE_INFINITY };
    };
    return {
      ...store,
      begin(input) {
        const ledger = state.ledgers.get(input.phone.phoneKey);
        if (ledger !== undefined) ledger.lease = null;
        return store.begin(input);
      },
      renew(phone, token, leaseMs) {
        holdFor(phone.phoneKey, token);
        return store.renew(phone, token, leaseMs);
      },
      complete(input) {
        holdFor(input.phone.phoneKey, input.token);
        return store.complete(input);
      },
      release(input) {
        holdFor(input.phone.phoneKey, input.token);
        return store.release(input);
      },
    };
  },
};

function ownFirst(snapshot: Snapshot<Ticket>, orderId: string): Snapshot<Ticket> {
  const candidates = snapshot.candidates.map((candidate) => ({ ...candidate, position: 'newer' as const }));
  return {
    ...snapshot,
    candidates: candidates.sort((a, b) => Number(b.orderId === orderId) - Number(a.orderId === orderId)),
  };
}

/** Each job applies its own order, whatever its rank. */
export const newestCheckOff: Sabotage = {
  store: (store) => {
    const owners = new Map<string, string>();
    return {
      ...store,
      begin: (input) =>
        store.begin(input).map((answer): BeginAnswer<Ticket> => {
          if (answer.kind !== 'acquired') return answer;
          owners.set(answer.token, input.orderId);
          return { ...answer, snapshot: ownFirst(answer.snapshot, input.orderId) };
        }),
      complete: (input) =>
        store.complete(input).map((answer): CompleteAnswer<Ticket> => {
          if (answer.kind !== 'again') return answer;
          return { ...answer, snapshot: ownFirst(answer.snapshot, owners.get(input.token) ?? '') };
        }),
    };
  },
};

/** Outcomes are written whatever happened to the orders meanwhile. */
export const versionCheckOff: Sabotage = {
  store: (store, state) => {
    const current = (orderId: string) => state.rows.get(orderId)?.version ?? 0;
    return {
      ...store,
      begin: (input) => store.begin({ ...input, version: current(input.orderId) }),
      settle: (input) => store.settle({ ...input, version: current(input.orderId) }),
      complete(input) {
        const ledger = state.ledgers.get(input.phone.phoneKey);
        if (ledger !== undefined) ledger.dirty = false;
        const seen = [...state.rows.values()].filter(({ phoneKey }) => phoneKey === input.phone.phoneKey);
        return store.complete({
          ...input,
          seen: seen.map(({ orderId, version }) => ({ orderId, version })),
          outcomes: input.outcomes.map((outcome) => ({ ...outcome, version: current(outcome.orderId) })),
        });
      },
    };
  },
};

/** What was left half done is forgotten with the lease. */
export const mixtureForgotten: Sabotage = {
  store: (store) => ({
    ...store,
    release: (input) => store.release({ ...input, ledger: { ...input.ledger, appliedHashes: null } }),
  }),
  scenario: (scenario) => ({
    ...scenario,
    faults: [{ kind: 'half', write: 1 }],
    turns: scenario.tickets.length - 1,
    history: 0,
    erase: undefined,
  }),
};

/** Orders from before the sync have no rank. */
export const historyForgotten: Sabotage = {
  store: (store, state) => ({
    ...store,
    begin(input) {
      state.history.clear();
      return store.begin(input);
    },
  }),
};

/** The ledger says "applied" when a write is sent, not when it was acknowledged. */
export const ledgerBeforeAcknowledgement: Sabotage = {
  gateway: (gateway, state) => {
    const hasher = createHasher({ secret: 'a secret for tests only' });
    const believe = (phone: string, set: Readonly<Record<string, FieldValue>>, clear: readonly string[]) => {
      const ledger = state.ledgers.get(phone);
      if (ledger === undefined) return;
      const hashes = Object.entries(set).map(([name, value]) => [name, hasher.field({ kind: 'set', value })]);
      const cleared = clear.map((name) => [name, hasher.field({ kind: 'clear' })]);
      ledger.hashes = { ...ledger.hashes, ...Object.fromEntries([...hashes, ...cleared]) };
      ledger.contact = 'exists';
      ledger.unclean = false;
    };
    return {
      capabilities: gateway.capabilities,
      find: gateway.find,
      checkWhatsApp: gateway.checkWhatsApp,
      erase: gateway.erase,
      create(contact, options) {
        believe(
          contact.phone,
          contact.fields,
          ['note', 'city', 'seats'].filter((name) => !(name in contact.fields)),
        );
        return gateway.create(contact, options);
      },
      update(phone, changes, options) {
        believe(phone, changes.set, changes.clear);
        return gateway.update(phone, changes, options);
      },
    };
  },
};

/** A knock makes the order due at once that was to wait. */
export const pauseForgotten: Sabotage = {
  store: (store, state) => {
    const knocked = new Set<string>();
    return {
      ...store,
      begin: (input) =>
        store.begin(input).map((answer) => {
          if (answer.kind === 'busy') knocked.add(input.phone.phoneKey);
          return answer;
        }),
      release: (input) =>
        store.release(input).map((answer) => {
          const row = state.rows.get(input.own.orderId);
          const pauses = answer.kind === 'released' && row?.status === 'pending';
          if (pauses && knocked.delete(input.phone.phoneKey)) row.dueAt = state.clock.now();
          return answer;
        }),
    };
  },
};
