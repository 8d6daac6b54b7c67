-- The statuses, then the check of existing rows, which blocks no writer.

DO $cbb$
BEGIN
PERFORM set_config('lock_timeout', '2000ms', true);
IF EXISTS (SELECT 1 FROM pg_constraint WHERE conrelid = '"public"."orders"'::regclass
  AND conname = 'check_cbb_sync_status' AND pg_get_constraintdef(oid) NOT LIKE '%skipped%') THEN
  ALTER TABLE "public"."orders" DROP CONSTRAINT check_cbb_sync_status;
END IF;
IF NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conrelid = '"public"."orders"'::regclass
  AND conname = 'check_cbb_sync_status') THEN
  ALTER TABLE "public"."orders" ADD CONSTRAINT check_cbb_sync_status CHECK ("cbb_sync_status" IN ('pending', 'syncing', 'synced', 'failed', 'no_whatsapp', 'skipped')) NOT VALID;
END IF;
END
$cbb$;

ALTER TABLE "public"."orders" VALIDATE CONSTRAINT check_cbb_sync_status;

