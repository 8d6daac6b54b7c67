-- The host's own tables. What the sync keeps beside them comes from migrate() of @visanet/cbb-postgres.

CREATE TABLE IF NOT EXISTS public.orders (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  order_id varchar(50) UNIQUE NOT NULL,
  form_id varchar(50) NOT NULL,
  branch varchar(10) NOT NULL,
  domain text NOT NULL,
  payment_processor varchar(20) NOT NULL,
  payment_id text NOT NULL,
  amount numeric(10,2) NOT NULL,
  currency varchar(3) NOT NULL,
  order_status varchar(20) NOT NULL,
  client_name text NOT NULL,
  client_email text NOT NULL,
  client_phone varchar(20) NOT NULL,
  whatsapp_alerts_enabled boolean DEFAULT false,
  product_name text NOT NULL,
  product_country varchar(20) NOT NULL,
  product_doc_type varchar(50),
  product_doc_name text,
  visa_quantity int DEFAULT 1,
  entry_date date,
  urgency varchar(20) DEFAULT 'standard',
  file_transfer_method varchar(20),
  entry_port text,
  entry_type varchar(10),
  -- What the fields of contract v1.1 come from.
  product_intent text,
  product_entries text,
  product_validity text,
  product_country_flag text,
  product_data jsonb,
  processing_days integer,
  is_urgent boolean,
  face_url text,
  passport_url text,
  -- Filled by later steps of the host; the sync does not read them, and the inbox holds them meanwhile.
  passport_data jsonb, extra_nationality_data jsonb, address_data jsonb, family_data jsonb,
  occupation_data jsonb, military_data jsonb, past_travels_data jsonb, emergency_contact_data jsonb,
  business_data jsonb, files_data jsonb, coupon_data jsonb, form_meta_data jsonb, applicants_data jsonb,
  extra_data jsonb,
  webhook_received_at timestamptz NOT NULL,
  processed_at timestamptz,
  workflow_id uuid,
  job_id text,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now()
);

-- Every delivery as it came, refused ones too: the sender does not promise to send again.
CREATE TABLE IF NOT EXISTS public.vizi_inbox (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  received_at timestamptz NOT NULL,
  -- Null where the payload was refused; then problem says why.
  order_id varchar(50),
  problem text,
  -- Not jsonb, which cannot hold every JSON text (\u0000).
  body text NOT NULL
);
CREATE INDEX IF NOT EXISTS vizi_inbox_order_id ON public.vizi_inbox (order_id);
