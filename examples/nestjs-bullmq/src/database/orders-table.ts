/** The host's own tables: orders with the columns of both contracts' fields, and every webhook as it arrived. */
export const ordersTableSql = `
create table if not exists orders (
  id uuid primary key default gen_random_uuid(),
  order_id varchar(50) not null unique,
  form_id varchar(50) not null,
  branch varchar(10) not null,
  domain text not null,
  payment_processor varchar(20) not null,
  payment_id text not null,
  amount numeric(10, 2) not null,
  currency varchar(3) not null,
  order_status varchar(20) not null,
  client_name text not null,
  client_email text not null,
  client_phone varchar(20) not null,
  whatsapp_alerts_enabled boolean not null default false,
  product_name text not null,
  product_country varchar(20) not null,
  product_doc_type varchar(50),
  product_doc_name text,
  visa_quantity integer,
  entry_date date,
  entry_port text,
  urgency varchar(20),
  file_transfer_method varchar(20),
  product_intent text,
  product_entries text,
  product_validity text,
  product_country_flag text,
  product_data jsonb,
  processing_days integer,
  is_urgent boolean,
  webhook_received_at timestamptz not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index if not exists orders_webhook_received_at on orders (webhook_received_at);

-- json, not jsonb: it keeps the text as it came, and takes the escaped NUL that jsonb refuses.
create table if not exists vizi_webhook_inbox (
  id bigint generated always as identity primary key,
  received_at timestamptz not null,
  order_id varchar(50),
  problem text,
  payload json not null
);
create index if not exists vizi_webhook_inbox_order_id on vizi_webhook_inbox (order_id);
`;
