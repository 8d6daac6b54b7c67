import type { Eligibility, FieldIntent, Mapping } from '../../src/mapping/mapping.ts';

/** The smallest order that has everything a sync cares about. */
export interface Ticket {
  readonly id: string;
  readonly phone: string;
  readonly rank: number;
  readonly city: string | null;
  readonly seats: number | null;
  readonly note: string | null;
  readonly wanted: boolean;
  readonly name: string | null;
}

function intent(value: string | number | null): FieldIntent {
  return value === null ? { kind: 'clear' } : { kind: 'set', value };
}

function eligibilityOf(ticket: Ticket): Eligibility {
  return !ticket.wanted ? { eligible: false, reason: 'unwanted' } : { eligible: true };
}

/** Written by hand, so that tests of the engine do not rest on `defineMapping`. */
export const ticketMapping: Mapping<Ticket> = {
  parse: () => ({ ok: false, problems: ['not used'] }),
  orderIdOf: (ticket) => ticket.id,
  orderIdColumn: 'id',
  rankColumn: 'rank',
  watchedColumns: ['phone', 'city', 'seats', 'note', 'wanted', 'name'],
  fieldNames: ['ticket', 'city', 'seats', 'note'],
  phoneOf: (ticket) => ticket.phone,
  eligibilityOf,
  desiredContact: (ticket) => ({
    ...(ticket.name === null ? {} : { name: ticket.name }),
    fields: {
      ticket: { kind: 'set', value: ticket.id },
      city: intent(ticket.city),
      seats: intent(ticket.seats),
      note: intent(ticket.note),
    },
    problems: [],
  }),
};

export function ticket(changes: Partial<Ticket> & Pick<Ticket, 'id'>): Ticket {
  return {
    phone: '447700900123',
    rank: 1,
    city: 'Lome',
    seats: 1,
    note: null,
    wanted: true,
    name: null,
    ...changes,
  };
}
