import { quote } from '../layout/identifiers.ts';

/**
 * The orders table, for a trial: what the Vizi webhook fills, and the mapping of either contract reads (the plan's
 * columns, then those that v1.1's fields come from). What the sync does not need may be null. The columns of the sync
 * come from `migrate`.
 */
export function ordersTableSql(table = 'public.orders'): string {
  return `CREATE TABLE IF NOT EXISTS ${quote(table)} (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  order_id varchar(50) UNIQUE NOT NULL,
  form_id varchar(50), branch varchar(10), domain text, payment_processor varchar(20), payment_id text,
  amount numeric(10,2), currency varchar(3), order_status varchar(20),
  client_name text NOT NULL, client_email text, client_phone varchar(20) NOT NULL,
  whatsapp_alerts_enabled boolean DEFAULT false,
  product_name text, product_country varchar(20), product_doc_type varchar(50), product_doc_name text,
  visa_quantity integer DEFAULT 1, entry_date date, urgency varchar(20) DEFAULT 'standard',
  file_transfer_method varchar(20), entry_port text, entry_type varchar(10), passport_data jsonb,
  product_intent text, product_entries text, product_validity text, product_country_flag text,
  product_data jsonb, processing_days integer, is_urgent boolean,
  webhook_received_at timestamptz NOT NULL, processed_at timestamptz, workflow_id uuid, job_id text,
  created_at timestamptz DEFAULT now(), updated_at timestamptz DEFAULT now()
)`;
}
