import { maskPhone } from '@visanet/cbb-sync';
import pg from 'pg';

interface Row {
  readonly order_id: string;
  readonly cbb_sync_status: string;
  readonly cbb_sync_error: string | null;
  readonly cbb_phone_key: string | null;
}

export interface OrdersView {
  /** Whether an order waits for another call. */
  anyDue(): Promise<boolean>;
  /** The table of all orders, without customer data. */
  table(): Promise<string>;
  close(): Promise<void>;
}

const line = (...cells: readonly string[]) =>
  cells
    .map((cell) => cell.padEnd(18))
    .join('')
    .trimEnd();

export function viewOrders(url: string): OrdersView {
  const pool = new pg.Pool({ connectionString: url, max: 1 });
  pool.on('error', () => undefined);
  const read = async () => {
    const { rows } = await pool.query<Row>(`SELECT order_id, cbb_sync_status, cbb_sync_error, cbb_phone_key
      FROM public.orders ORDER BY webhook_received_at, order_id`);
    return rows;
  };
  return {
    async anyDue() {
      const rows = await read();
      return rows.some(({ cbb_sync_status: status }) => status === 'pending' || status === 'syncing');
    },
    async table() {
      const lines = (await read()).map((row) =>
        line(
          row.order_id,
          row.cbb_sync_status,
          row.cbb_phone_key === null ? '–' : maskPhone(row.cbb_phone_key),
          row.cbb_sync_error ?? '',
        ),
      );
      return [line('order', 'status', 'phone', 'why'), ...lines].join('\n');
    },
    close: () => pool.end(),
  };
}
