import { maskPhone, type SyncReport } from '@visanet/cbb-sync';
import type { SyncResult } from './sync-scenario.ts';
import type { Totals } from './totals.ts';

const columns = [
  { title: 'order', width: 18 },
  { title: 'status', width: 12 },
  { title: 'action', width: 28 },
  { title: 'phone', width: 18 },
  { title: 'requests', width: 8 },
];
const longestTable = 40;

function line(cells: readonly string[]): string {
  return columns
    .map(({ width }, index) => (cells[index] ?? '').padEnd(width))
    .join('  ')
    .trimEnd();
}

function actionOf(reports: readonly SyncReport[]): string {
  const last = reports.at(-1);
  // One sync settles all orders of a phone that are due together.
  if (last === undefined) return 'together with another order';
  return last.reason === null ? last.outcome : `${last.outcome}: ${last.reason.replaceAll('_', ' ')}`;
}

export function formatTable({ orders, reports }: SyncResult): string {
  const rows = orders.slice(0, longestTable).map(({ orderId, status, phoneKey }) => {
    const own = reports.get(orderId) ?? [];
    const calls = own.reduce((sum, report) => sum + report.calls, 0);
    const phone = phoneKey === null ? '–' : maskPhone(phoneKey);
    return line([orderId, status, actionOf(own), phone, String(calls)]);
  });
  const more = orders.length > longestTable ? [`… and ${orders.length - longestTable} more`] : [];
  return [line(columns.map(({ title }) => title)), ...rows, ...more, ...explanation(reports)].join('\n');
}

/** Only where an action seems to contradict its status. */
function explanation(reports: SyncResult['reports']): string[] {
  const putOff = [...reports.values()].some((own) => own.at(-1)?.outcome === 'deferred');
  return putOff
    ? ['action: of the last run of this order. Another order of the phone may have finished it since.']
    : [];
}

export function formatTotals(totals: Totals): string {
  const { orders, synced, no_whatsapp, skipped, failed, contacts, requests, durationMs } = totals;
  return [
    `${orders} orders: ${synced} synced, ${no_whatsapp} without WhatsApp, ${skipped} skipped, ${failed} failed`,
    `${contacts} contacts, ${requests} requests, ${durationMs} ms`,
  ].join('\n');
}
