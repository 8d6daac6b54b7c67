import type { MemoryState } from '../../src/memory-store/state.ts';
import type { FakeService } from '../world/fake-service.ts';
import type { Ticket } from '../world/ticket.ts';
import { digitsOf, expectedOf, holding, isWritable, type Life } from './expected.ts';
import { firstPhone, phones } from './scenario.ts';

/** What is not as it must be, now that all is at rest. */
export function problemsOf(
  state: MemoryState<Ticket>,
  service: FakeService,
  lives: readonly Life[],
  erased: boolean,
): string[] {
  const problems = [
    ...Object.keys(phones).flatMap((phone) => contactProblems(state, service, lives, erased, phone)),
    ...lives.flatMap((life) => statusProblems(state, lives, erased, life)),
  ];
  const now = state.clock.now();
  // One that ran out holds nobody up: a phone that lost its orders has nobody who would take it over.
  for (const { lease } of state.ledgers.values()) {
    if (lease !== null && lease.expiresAt > now) problems.push('a lease is left');
  }
  if (!erased) {
    for (const count of service.creates.values()) if (count > 1) problems.push('a contact was created twice');
  }
  return problems;
}

function contactProblems(
  state: MemoryState<Ticket>,
  service: FakeService,
  lives: readonly Life[],
  erased: boolean,
  phone: string,
): string[] {
  const contact = service.contacts.get(phone);
  const expected = expectedOf(phone, lives);
  if (erased && phone === firstPhone) return contact === undefined ? [] : ['the erased contact stands'];
  if (contact === undefined) return expected.contact ? [`${phone} has no contact`] : [];
  const holds = holding(contact.fields);
  // Where no order counts any more, a person may have been told to decide.
  const toldOf = !expected.contact && state.ledgers.get(phone)?.orphaned === true;
  if (toldOf || expected.mayHold.includes(holds)) return [];
  return [`${phone} holds ${holds} instead of ${expected.mayHold.join(' or ')}`];
}

function statusProblems(
  state: MemoryState<Ticket>,
  lives: readonly Life[],
  erased: boolean,
  { rows, history, taken }: Life,
): string[] {
  const last = rows.at(-1);
  if (last === undefined || (history && !taken)) return [];
  const phone = digitsOf(last.phone);
  const row = state.rows.get(last.id);
  const gone = erased && phone === firstPhone;
  const mayBe = ['skipped'];
  if (!gone && last.wanted) {
    mayBe.push('synced');
    if (isWritable(last, phone, lives)) mayBe.shift();
  }
  if (row !== undefined && mayBe.includes(row.status)) return [];
  return [`${last.id} is ${row?.status} (${row?.reason}) instead of ${mayBe.join(' or ')}`];
}
