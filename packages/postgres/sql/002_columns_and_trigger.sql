-- Columns, and triggers that make new and changed orders due. Gives up after 2000 ms without a lock: run it again.

DO $cbb$
BEGIN
PERFORM set_config('lock_timeout', '2000ms', true);
ALTER TABLE "public"."orders"
  ADD COLUMN IF NOT EXISTS "cbb_contact_id" text,
  ADD COLUMN IF NOT EXISTS "cbb_sync_status" varchar(20),
  ADD COLUMN IF NOT EXISTS "cbb_sync_attempted_at" timestamptz,
  ADD COLUMN IF NOT EXISTS "cbb_sync_completed_at" timestamptz,
  ADD COLUMN IF NOT EXISTS "cbb_sync_error" text,
  ADD COLUMN IF NOT EXISTS "cbb_contact_exists" boolean,
  ADD COLUMN IF NOT EXISTS "cbb_has_whatsapp" boolean,
  ADD COLUMN IF NOT EXISTS "cbb_sync_attempts" integer NOT NULL DEFAULT 0,
  ADD COLUMN IF NOT EXISTS "cbb_sync_crashes" integer NOT NULL DEFAULT 0,
  ADD COLUMN IF NOT EXISTS "cbb_sync_version" integer NOT NULL DEFAULT 1,
  ADD COLUMN IF NOT EXISTS "cbb_phone_key" text,
  ADD COLUMN IF NOT EXISTS "cbb_sync_due_at" timestamptz,
  ADD COLUMN IF NOT EXISTS "cbb_sync_claimed_until" timestamptz,
  ADD COLUMN IF NOT EXISTS "cbb_sync_failing_since" timestamptz,
  ADD COLUMN IF NOT EXISTS "cbb_sync_bucket" smallint,
  ADD COLUMN IF NOT EXISTS "cbb_sync_rank" timestamptz;
IF EXISTS (SELECT 1 FROM pg_attribute WHERE attrelid = '"public"."orders"'::regclass
  AND attname = 'cbb_contact_id' AND atttypid <> 'text'::regtype) THEN
  ALTER TABLE "public"."orders" ALTER COLUMN "cbb_contact_id" TYPE text;
END IF;
ALTER TABLE "public"."orders" ALTER COLUMN "cbb_sync_status" SET DEFAULT 'pending';
CREATE OR REPLACE FUNCTION "public"."cbb_sync_arm_orders"() RETURNS trigger
LANGUAGE plpgsql SET search_path = '' AS $body$
BEGIN
  NEW."cbb_sync_status" := 'pending';
  NEW."cbb_sync_due_at" := now();
  RETURN NEW;
END
$body$;
DROP TRIGGER IF EXISTS zz_cbb_sync_arm ON "public"."orders";
CREATE TRIGGER zz_cbb_sync_arm BEFORE INSERT ON "public"."orders" FOR EACH ROW
WHEN (NEW."cbb_sync_status" IS NULL OR NEW."cbb_sync_status" = 'pending')
EXECUTE FUNCTION "public"."cbb_sync_arm_orders"();
CREATE OR REPLACE FUNCTION "public"."cbb_sync_rearm_orders"() RETURNS trigger
LANGUAGE plpgsql SET search_path = '' AS $body$
BEGIN
  NEW."cbb_sync_status" := 'pending';
  NEW."cbb_sync_due_at" := now();
  NEW."cbb_sync_claimed_until" := NULL;
  NEW."cbb_sync_version" := OLD."cbb_sync_version" + 1;
  NEW."cbb_sync_attempts" := 0;
  NEW."cbb_sync_crashes" := 0;
  NEW."cbb_sync_failing_since" := NULL;
  NEW."cbb_sync_error" := NULL;
  RETURN NEW;
END
$body$;
DROP TRIGGER IF EXISTS zz_cbb_sync_rearm ON "public"."orders";
CREATE TRIGGER zz_cbb_sync_rearm BEFORE UPDATE ON "public"."orders" FOR EACH ROW
WHEN (OLD."cbb_sync_status" IS NOT NULL AND (OLD."order_id" IS DISTINCT FROM NEW."order_id"
  OR OLD."client_phone" IS DISTINCT FROM NEW."client_phone"
  OR OLD."client_name" IS DISTINCT FROM NEW."client_name"
  OR OLD."client_email" IS DISTINCT FROM NEW."client_email"
  OR OLD."whatsapp_alerts_enabled" IS DISTINCT FROM NEW."whatsapp_alerts_enabled"
  OR OLD."product_country" IS DISTINCT FROM NEW."product_country"
  OR OLD."product_doc_type" IS DISTINCT FROM NEW."product_doc_type"
  OR OLD."visa_quantity" IS DISTINCT FROM NEW."visa_quantity"
  OR OLD."urgency" IS DISTINCT FROM NEW."urgency"
  OR OLD."amount" IS DISTINCT FROM NEW."amount"
  OR OLD."currency" IS DISTINCT FROM NEW."currency"
  OR OLD."entry_date" IS DISTINCT FROM NEW."entry_date"
  OR OLD."branch" IS DISTINCT FROM NEW."branch"
  OR OLD."form_id" IS DISTINCT FROM NEW."form_id"
  OR OLD."webhook_received_at" IS DISTINCT FROM NEW."webhook_received_at"))
EXECUTE FUNCTION "public"."cbb_sync_rearm_orders"();
CREATE OR REPLACE FUNCTION "public"."cbb_sync_hand_orders"() RETURNS trigger
LANGUAGE plpgsql SET search_path = '' AS $body$
BEGIN
  NEW."cbb_sync_status" := 'pending';
  NEW."cbb_sync_due_at" := now();
  NEW."cbb_sync_claimed_until" := NULL;
  NEW."cbb_sync_version" := OLD."cbb_sync_version" + 1;
  NEW."cbb_sync_attempts" := 0;
  NEW."cbb_sync_crashes" := CASE WHEN OLD."cbb_sync_status" = 'syncing' THEN OLD."cbb_sync_crashes" ELSE 0 END;
  NEW."cbb_sync_failing_since" := NULL;
  NEW."cbb_sync_error" := NULL;
  RETURN NEW;
END
$body$;
DROP TRIGGER IF EXISTS zz_cbb_sync_hand ON "public"."orders";
CREATE TRIGGER zz_cbb_sync_hand BEFORE UPDATE ON "public"."orders" FOR EACH ROW
WHEN (NEW."cbb_sync_status" = 'pending' AND OLD."cbb_sync_status" IS DISTINCT FROM 'pending'
  AND NEW."cbb_sync_due_at" IS NOT DISTINCT FROM OLD."cbb_sync_due_at")
EXECUTE FUNCTION "public"."cbb_sync_hand_orders"();
CREATE OR REPLACE FUNCTION "public"."cbb_sync_rank_orders"() RETURNS trigger
LANGUAGE plpgsql SET search_path = '' AS $body$
BEGIN
  NEW."cbb_sync_rank" := COALESCE(OLD."cbb_sync_rank", OLD."webhook_received_at");
  RETURN NEW;
END
$body$;
DROP TRIGGER IF EXISTS zz_cbb_sync_rank ON "public"."orders";
CREATE TRIGGER zz_cbb_sync_rank BEFORE UPDATE ON "public"."orders" FOR EACH ROW
WHEN (OLD."webhook_received_at" IS DISTINCT FROM NEW."webhook_received_at")
EXECUTE FUNCTION "public"."cbb_sync_rank_orders"();
DROP TRIGGER IF EXISTS zz_cbb_sync_announce ON "public"."orders";
DROP TRIGGER IF EXISTS zz_cbb_sync_announce_again ON "public"."orders";
END
$cbb$;

