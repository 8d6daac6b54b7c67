import { ordersTableSql } from '../src/migrate/orders-table-sql.ts';

/** The orders table at the time of the plan. */
export const planTable = (table: string): string => ordersTableSql(table);

/** The same three months on, with other names for what changed. */
export function laterTable(table: string): string {
  return `CREATE TABLE ${table} (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    order_id varchar(50) UNIQUE NOT NULL,
    branch varchar(10), amount numeric(10,2), currency varchar(3), order_status varchar(20),
    client_name text NOT NULL, client_email text, client_phone varchar(20) NOT NULL,
    whatsapp_alerts_enabled boolean DEFAULT false, cbb_contact_uuid uuid,
    product_country varchar(20), product_doc_type varchar(50), product_data jsonb, is_urgent boolean,
    processing_days int, visa_entries varchar(10), visa_quantity int DEFAULT 1, entry_date date,
    webhook_received_at timestamptz NOT NULL, created_at timestamptz DEFAULT now())`;
}

/** Phase 1 of the plan, as it stands there but for the name of the table. */
export function planStatements(table: string): string[] {
  const column = (definition: string) => `ALTER TABLE ${table} ADD COLUMN IF NOT EXISTS ${definition}`;
  return [
    column('cbb_contact_id VARCHAR(20)'),
    column("cbb_sync_status VARCHAR(20) DEFAULT 'pending'"),
    column('cbb_sync_attempted_at TIMESTAMPTZ'),
    column('cbb_sync_completed_at TIMESTAMPTZ'),
    column('cbb_sync_error TEXT'),
    column('cbb_contact_exists BOOLEAN'),
    column('cbb_has_whatsapp BOOLEAN'),
    `CREATE INDEX idx_orders_cbb_sync_status ON ${table}(cbb_sync_status)`,
    `CREATE INDEX idx_orders_cbb_contact_id ON ${table}(cbb_contact_id)`,
    `ALTER TABLE ${table} ADD CONSTRAINT check_cbb_sync_status
      CHECK (cbb_sync_status IN ('pending', 'syncing', 'synced', 'failed', 'no_whatsapp', 'skipped'))`,
  ];
}
