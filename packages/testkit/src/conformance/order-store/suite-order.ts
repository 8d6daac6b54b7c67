import type { Mapping } from '@visanet/cbb-sync';

/** The orders of the suite: columns of the plan's table, and no others. */
export interface SuiteOrder {
  readonly order_id: string;
  readonly client_phone: string;
  readonly client_name: string;
  /** ISO 8601 in UTC with milliseconds. */
  readonly webhook_received_at: string;
}

function textOf(row: object, column: string, problems: string[]): string {
  const value: unknown = Reflect.get(row, column);
  if (typeof value === 'string') return value;
  problems.push(column);
  return '';
}

function isoOf(row: object, problems: string[]): string {
  const value: unknown = Reflect.get(row, 'webhook_received_at');
  const time = typeof value === 'string' || value instanceof Date ? new Date(value) : new Date(Number.NaN);
  if (!Number.isNaN(time.getTime())) return time.toISOString();
  problems.push('webhook_received_at');
  return '';
}

/** Phones are taken as they are; an order named `unreadable` does not parse. */
export const suiteMapping: Mapping<SuiteOrder> = {
  parse(row) {
    if (typeof row !== 'object' || row === null) return { ok: false, problems: ['row'] };
    const problems: string[] = [];
    const order = {
      order_id: textOf(row, 'order_id', problems),
      client_phone: textOf(row, 'client_phone', problems),
      client_name: textOf(row, 'client_name', problems),
      webhook_received_at: isoOf(row, problems),
    };
    if (order.client_name === 'unreadable') problems.push('client_name');
    return problems.length === 0 ? { ok: true, order } : { ok: false, problems };
  },
  orderIdOf: (order) => order.order_id,
  rankColumn: 'webhook_received_at',
  orderIdColumn: 'order_id',
  watchedColumns: ['client_phone', 'client_name'],
  fieldNames: ['name'],
  phoneOf: (order) => order.client_phone,
  eligibilityOf: () => ({ eligible: true }),
  desiredContact: (order) => ({
    fields: { name: { kind: 'set', value: order.client_name } },
    problems: [],
  }),
};
